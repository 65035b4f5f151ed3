// The page at /graphql: GraphiQL, our samples, subscriptions over the same path.
// Each page needs the editor, and a part loaded later would come without its styles.
import 'monaco-graphql/esm/monaco-editor.js'
import '@graphiql/react/style.css'
import '@graphiql/react/font/fira-code.css'
import '@graphiql/plugin-doc-explorer/style.css'
import '@graphiql/plugin-history/style.css'
import 'graphiql/graphiql.css'
import './style.css'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql'
import { createRoot } from 'react-dom/client'
import { loadSamples, samplesPlugin } from './samples.jsx'

globalThis.MonacoEnvironment = {
  getWorker: (_, label) => new Worker(new URL(`./${WORKERS[label] ?? WORKERS.editor}`, import.meta.url)),
}

// Where the page lies, whatever prefix a proxy put before it.
const endpoint = new URL(location.pathname, location.origin)
const socket = new URL(endpoint)
socket.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:'

const fetcher = createGraphiQLFetcher({ url: endpoint.href, subscriptionUrl: socket.href, enableIncrementalDelivery: false })

// A link may bring an operation; it's shown, and run only when the reader says so.
const asked = new URLSearchParams(location.search)

const samples = await loadSamples()
const plugin = samplesPlugin(samples, endpoint.href)
const first = samples.find((sample) => sample.name === 'TryNeed') ?? samples[0]

createRoot(document.getElementById('ide')).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={[plugin, HISTORY_PLUGIN]}
    visiblePlugin={plugin}
    initialQuery={asked.get('query') ?? undefined}
    initialVariables={asked.get('variables') ?? undefined}
    defaultTabs={asked.get('query') ? undefined : [{ query: first?.text }]}
    defaultEditorToolsVisibility="variables"
    schemaDescription
  >
    <GraphiQL.Logo>
      <span className="ide-title">专利匹配 <small>Matchmaking</small></span>
    </GraphiQL.Logo>
    <GraphiQL.Footer>
      <p className="ide-help">
        Ctrl-Enter 执行 run · Ctrl-Space 补全 complete · 令牌写在 token goes in <b>Headers</b>: <code>{'{"Authorization": "Bearer …"}'}</code>
      </p>
    </GraphiQL.Footer>
  </GraphiQL>,
)
