// Opens the IDE in a headless browser as a user would: a sample, its answer, a subscription; tells what it saw, a JSON object a line.
// Usage: node ide.mjs URL SCREENSHOT.png
import { chromium } from 'playwright-core'

const [endpoint, screenshot] = process.argv.slice(2)
const host = new URL(endpoint).host
const tell = (what) => console.log(JSON.stringify(what))

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
try {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'zh-CN' })
  const requests = []
  const foreign = []
  const complaints = []
  // Before anything is sent: what isn't ours is told, and never leaves.
  await context.route((url) => url.host !== host, (route) => {
    foreign.push(route.request().url())
    return route.abort()
  })
  context.on('request', (request) => requests.push(request.url()))
  // A machine that does much else at the same time is slow, not wrong.
  context.setDefaultTimeout(150_000)
  const page = await context.newPage()
  const workers = new Set()
  page.on('worker', (worker) => workers.add(new URL(worker.url()).pathname))
  page.on('websocket', (socket) => { requests.push(socket.url()); if (new URL(socket.url()).host !== host) foreign.push(socket.url()) })
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()) })
  page.on('pageerror', (error) => complaints.push(String(error)))

  const opened = await page.goto(endpoint)
  tell({ status: opened.status(), policy: opened.headers()['content-security-policy'], title: await page.title() })
  if (await page.locator('script').count() > 0) await tryIde(page, workers)
  else {
    await page.screenshot({ path: screenshot })
    tell({ plain: await page.locator('details').count(), links: await page.locator('a').evaluateAll((all) => all.map((a) => a.href)) })
  }
  tell({ requests: requests.filter((url) => !url.startsWith('data:')).length, foreign, workers: [...workers], complaints })
} finally {
  await browser.close()
}

async function tryIde(page, workers) {
  // They are there with the page's first picture, which comes some time after the page.
  await page.locator('[data-sample]').first().waitFor()
  tell({ samples: await page.locator('[data-sample]').count(), answer: await ask(page, 'TryNeed') })
  tell({ lookedUp: await ask(page, 'NodesByIds') })
  await page.screenshot({ path: screenshot })
  // An operation in a link is shown, and run only when told to.
  await page.goto(`${endpoint}?query=${encodeURIComponent('subscription Follow { indexAdvanced { cursor } }')}`)
  const shown = await response(page)
  tell({ shown, pushed: await run(page, 'Follow') })
  // The editors' workers start when they are first needed, some time after the editors.
  while (workers.size < 3) await page.waitForEvent('worker')
}

/** Opens a sample in a tab of its own and runs it. */
async function ask(page, sample) {
  await page.locator(`[data-sample="${sample}"]`).click()
  return run(page, sample)
}

/** Runs the operation once it's in the editor, and waits for the first answer. */
async function run(page, operation) {
  await page.waitForFunction((name) => window.__MONACO?.editor.getModels().some((m) => m.uri.path.includes('operation') && new RegExp(`^\\w+ ${name}\\b`, 'm').test(m.getValue())), operation)
  // The schema is read first: what is wrong shows before anything is run.
  await page.waitForFunction(() => document.querySelector('.graphiql-execute-button') !== null && document.querySelector('.graphiql-spinner') === null)
  // A sample's variables are looked up, and come after its text.
  await page.waitForFunction(() => {
    const models = window.__MONACO.editor.getModels()
    const text = models.find((m) => m.uri.path.includes('operation')).getValue()
    return !/^\w+ \w+\(\$/m.test(text) || models.find((m) => m.uri.path.includes('variables')).getValue().trim().startsWith('{')
  })
  // What another tab was answered may still be shown.
  await page.waitForFunction(() => window.__MONACO.editor.getModels().find((m) => m.uri.path.includes('response')).getValue().trim() === '')
  await page.locator('.graphiql-execute-button').click()
  await page.waitForFunction(() => window.__MONACO.editor.getModels().find((m) => m.uri.path.includes('response')).getValue().trim().startsWith('{'))
  return JSON.parse(await response(page))
}

async function response(page) {
  const model = await page.waitForFunction(() => window.__MONACO?.editor.getModels().find((m) => m.uri.path.includes('response')) !== undefined)
  await model.dispose()
  return page.evaluate(() => window.__MONACO.editor.getModels().find((m) => m.uri.path.includes('response')).getValue())
}
