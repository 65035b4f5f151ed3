// Makes the IDE: npm packages as the lock file has them, one bundle, each asset named by its content and compressed once.
// Usage: node build.mjs TARGET. In TARGET: work/ (the packages), dist/ (what is served), done (written last).
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const source = dirname(fileURLToPath(import.meta.url))
const target = resolve(process.argv[2])
const work = join(target, 'work')
const sources = readdirSync(source, { withFileTypes: true }).filter((f) => f.isFile()).map((f) => f.name)

await locked(join(target, 'lock'), async () => {
  if (fresh()) return
  mkdirSync(work, { recursive: true })
  for (const file of sources) copyFileSync(join(source, file), join(work, file))
  install()
  const dist = join(target, 'dist.new')
  rmSync(dist, { recursive: true, force: true })
  await bundle(dist)
  compress(dist)
  rmSync(join(target, 'dist'), { recursive: true, force: true })
  renameSync(dist, join(target, 'dist'))
  writeFileSync(join(target, 'done'), '')
})

function fresh() {
  const done = join(target, 'done')
  if (!existsSync(done)) return false
  const made = statSync(done).mtimeMs
  return sources.every((file) => statSync(join(source, file)).mtimeMs <= made)
}

function install() {
  const installed = join(work, 'installed.json')
  const lock = readFileSync(join(source, 'package-lock.json'), 'utf8')
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return
  rmSync(installed, { force: true })
  // npm is a script, which Windows finds only through its shell.
  execFileSync('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--loglevel=error'], { cwd: work, stdio: 'inherit', shell: process.platform === 'win32' })
  writeFileSync(installed, lock)
}

async function bundle(dist) {
  const esbuild = createRequire(join(work, 'package.json'))('esbuild')
  const common = { absWorkingDir: work, bundle: true, minify: true, metafile: true, outdir: dist, entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', assetNames: '[name]-[hash]', target: ['es2022'], legalComments: 'none', logLevel: 'warning', define: { 'process.env.NODE_ENV': '"production"' } }
  // The editor's workers are scripts of their own; the page learns their names.
  const workers = await esbuild.build({
    ...common,
    entryPoints: { 'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js', 'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js', 'graphql.worker': 'monaco-graphql/esm/graphql.worker.js' },
    format: 'iife',
  })
  const names = {}
  for (const [path, output] of Object.entries(workers.metafile.outputs)) names[basename(output.entryPoint).replace('.worker.js', '')] = basename(path)
  const page = await esbuild.build({
    ...common,
    define: { ...common.define, WORKERS: JSON.stringify(names) },
    entryPoints: { ide: 'main.jsx' },
    format: 'esm',
    splitting: true,
    jsx: 'automatic',
    // Monaco's icons; the text is set in the reader's own fonts.
    loader: { '.ttf': 'file' },
  })
  const [script, entry] = Object.entries(page.metafile.outputs).find(([, output]) => output.entryPoint === 'main.jsx')
  // The page's style holds what the parts' styles hold.
  for (const file of readdirSync(dist)) if (file.endsWith('.css') && file !== basename(entry.cssBundle)) rmSync(join(dist, file))
  writeFileSync(join(dist, 'manifest.json'), JSON.stringify({ script: basename(script), style: basename(entry.cssBundle) }))
}

// Only the compressed form is kept: each browser takes it, and for the rare other client the service unpacks it.
function compress(dist) {
  for (const file of readdirSync(dist)) {
    if (file === 'manifest.json') continue
    writeFileSync(join(dist, `${file}.gz`), gzipSync(readFileSync(join(dist, file)), { level: 9 }))
    rmSync(join(dist, file))
  }
}

// Two builds at once (two configurations, two terminals) share the packages: the second waits and finds all done.
async function locked(path, act) {
  mkdirSync(dirname(path), { recursive: true })
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      break
    } catch (e) {
      if (e.code !== 'EEXIST') throw e
      if (!alive(readFileSync(path, 'utf8'))) rmSync(path, { force: true })
      else await new Promise((done) => setTimeout(done, 200))
    }
  }
  try {
    await act()
  } finally {
    rmSync(path, { force: true })
  }
}

function alive(pid) {
  if (!pid) return true
  try {
    process.kill(Number(pid), 0)
    return true
  } catch (e) {
    return e.code === 'EPERM'
  }
}
