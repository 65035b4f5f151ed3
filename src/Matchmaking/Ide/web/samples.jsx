// The operations of schema/operations, one for each question a user asks.
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useState } from 'react'

/** The samples as the service has them; none where they can't be read, and the IDE works all the same. */
export async function loadSamples() {
  try {
    const answer = await fetch(new URL('./samples.json', import.meta.url))
    return answer.ok ? await answer.json() : []
  } catch {
    return []
  }
}

const groups = [
  ['query', '查询 Queries'],
  ['subscription', '订阅 Subscriptions'],
  ['mutation', '变更 Mutations'],
]

export function samplesPlugin(samples, endpoint) {
  const Icon = () => (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.2" aria-hidden="true">
      <path d="M2.5 2.5h11v11h-11zM5 5.5h6M5 8h6M5 10.5h4" />
    </svg>
  )
  return { title: '样例 Samples', icon: Icon, content: () => <Samples samples={samples} endpoint={endpoint} /> }
}

function Samples({ samples, endpoint }) {
  const { addTab, setOperationName } = useGraphiQLActions()
  const state = useGraphiQL((s) => ({ query: s.queryEditor, variables: s.variableEditor, headers: s.headerEditor }))
  const [sought, setSought] = useState('')
  const shown = samples.filter((s) => `${s.name} ${s.question} ${s.chinese ?? ''}`.toLowerCase().includes(sought.trim().toLowerCase()))

  async function open(sample) {
    const headers = state.headers?.getValue() ?? ''
    const variables = await lookUp(sample, endpoint, headers)
    addTab()
    state.query?.setValue(sample.text)
    // The editor finds it out by itself, but later: who runs the sample at once would ask for the former tab's operation.
    setOperationName(sample.name)
    state.variables?.setValue(Object.keys(variables).length ? JSON.stringify(variables, null, 2) : '')
    // The token that was written goes along.
    if (headers.trim()) state.headers?.setValue(headers)
    state.query?.focus()
  }

  return (
    <div className="ide-samples">
      <h2>样例 Samples</h2>
      <input type="search" value={sought} onChange={(e) => setSought(e.target.value)} placeholder="查找 Find…" aria-label="查找样例 Find a sample" />
      {groups.map(([kind, title]) => {
        const members = shown.filter((s) => s.kind === kind)
        return members.length === 0 ? null : (
          <section key={kind}>
            <h3>{title}</h3>
            <ul>
              {members.map((sample) => (
                <li key={sample.name}>
                  <button type="button" data-sample={sample.name} onClick={() => open(sample)}>
                    <span>{sample.chinese ?? sample.question}</span>
                    {sample.chinese ? <small>{sample.question}</small> : null}
                    <code>{sample.name}</code>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      <p><a href={`${endpoint}?sdl`}>下载 SDL Download the schema</a></p>
    </div>
  )
}

// Some samples ask about a thing whose id is looked up first, as their head says: # $need = { needs { nodes { id } } }
async function lookUp(sample, endpoint, headers) {
  const variables = {}
  for (const [, name, query] of sample.text.matchAll(/^# \$(\w+) = (\{.*\})\s*$/gm)) {
    try {
      const answer = await fetch(endpoint, {
        method: 'POST',
        headers: { ...(headers.trim() ? JSON.parse(headers) : {}), 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ query }),
      })
      variables[name] = firstId(await answer.json())
    } catch {
      variables[name] = null
    }
  }
  return variables
}

function firstId(node) {
  if (node === null || typeof node !== 'object') return null
  if (typeof node.id === 'string') return node.id
  for (const member of Object.values(node)) {
    const id = firstId(member)
    if (id !== null) return id
  }
  return null
}
