import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Lucene's own speed on the text of the file named: characters a second of the tokenizer, then of the analyzer, then the tokens of each. */
public class LuceneSegmentation {
    public static void main(String[] args) throws Exception {
        String text = Files.readString(Path.of(args[0]), StandardCharsets.UTF_8);
        double tokenizer = 0, analyzer = 0;
        long tokenizerTokens = 0, analyzerTokens = 0;
        long until = System.nanoTime() + Long.parseLong(args[1]) * 1_000_000_000L;
        Tokenizer reused = new HMMChineseTokenizer();
        SmartChineseAnalyzer smart = new SmartChineseAnalyzer();
        // The best round counts: the first ones are the compiler's.
        while (System.nanoTime() < until) {
            long start = System.nanoTime();
            reused.setReader(new StringReader(text));
            tokenizerTokens = count(reused);
            tokenizer = Math.max(tokenizer, text.length() * 1e9 / (System.nanoTime() - start));
            start = System.nanoTime();
            analyzerTokens = count(smart.tokenStream("text", text));
            analyzer = Math.max(analyzer, text.length() * 1e9 / (System.nanoTime() - start));
        }
        System.out.printf(java.util.Locale.ROOT, "%.0f %.0f %d %d%n", tokenizer, analyzer, tokenizerTokens, analyzerTokens);
    }

    private static long count(TokenStream stream) throws Exception {
        CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
        long count = 0;
        stream.reset();
        while (stream.incrementToken())
            count += term.length() > 0 ? 1 : 0;
        stream.end();
        stream.close();
        return count;
    }
}
