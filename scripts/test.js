// `npm test`: the checks side by side, then every suite. `npm test -- <path>` runs just the suites that match.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findServices } from './lib/services.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => join(root, 'node_modules/.bin', name)
const selection = process.argv.slice(2)
const running = new Set()

// A terminal's Ctrl-C reaches the children by itself; a plain kill of this process would leave them behind.
process.once('SIGTERM', () => {
  for (const child of running) child.kill('SIGTERM')
})

const { found, missing } = await findServices(process.env)
const unreachable = missing.filter(({ named }) => named || process.env.TOOLBOX_REQUIRE_SERVICES === '1')
if (unreachable.length > 0) {
  for (const { name, variable, why } of unreachable) {
    console.error(`${name} is needed and was not found: ${why}.`)
    console.error(`  Start it on its default port on 127.0.0.1, or set ${variable} to its address.`)
  }
  process.exit(1)
}

if (selection.length === 0 && !(await checksPass())) {
  console.error('\nThe tests were not run: mend the checks above first.')
  process.exit(1)
}
process.exit(await runSuites())

async function checksPass() {
  const colour = process.stdout.isTTY === true
  const results = await Promise.all([
    check('types', 'tsc', ['--noEmit', '--pretty', String(colour)]),
    check('types of the web app', 'tsc', ['-p', 'frontend', '--pretty', String(colour)]),
    check('lint', 'biome', ['check', '.', '--error-on-warnings', `--colors=${colour ? 'force' : 'off'}`]),
    check('unused', 'knip', ['--treat-config-hints-as-errors']),
  ])
  return results.every(Boolean)
}

async function check(title, command, args) {
  const started = performance.now()
  let output = ''
  const exitCode = await run(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    watch: (child) => {
      child.stdout.on('data', (chunk) => (output += chunk))
      child.stderr.on('data', (chunk) => (output += chunk))
    },
  })
  const passed = exitCode === 0
  console.log(`${passed ? '✓' : '✗'} ${title} (${command}) ${seconds(started)}`)
  if (!passed) console.log(output.trimEnd().replace(/^/gm, '    '))
  return passed
}

async function runSuites() {
  const scratch = mkdtempSync(join(tmpdir(), 'toolbox-test-'))
  try {
    const report = join(scratch, 'report.json')
    const started = performance.now()
    const exitCode = await run(
      'vitest',
      ['run', ...selection, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      { stdio: 'inherit', env: { ...process.env, ...found } },
    )
    console.log(`${exitCode === 0 ? '✓' : '✗'} tests (vitest) ${seconds(started)}`)
    return summarise(report, exitCode)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Prints what was left out and the counts; returns the exit code. */
function summarise(report, exitCode) {
  const { passed, failed, skipped } = readReport(report)
  // With an option such as `-t name`, tests are skipped because that was asked for.
  const asked = selection.some((argument) => argument.startsWith('-'))
  if (skipped.length > 0 && !asked) {
    console.log(`\n${'!'.repeat(100)}\n!! LEFT OUT, so NOT tested here:`)
    for (const suite of skipped) console.log(`!!   ${suite}`)
    for (const { name, variable, why } of missing) {
      console.log(
        `!! ${name} was not found (${why}). Start it on 127.0.0.1, or set ${variable} to its address.`,
      )
    }
    console.log('!'.repeat(100))
  }
  // A fault outside any test (a file that does not load, an unhandled rejection) counts as a failure of its own.
  const failures = Math.max(failed, exitCode === 0 ? 0 : 1)
  console.log(`\n${passed} passed, ${failures} failed`)
  return failures === 0 ? 0 : exitCode || 1
}

function readReport(path) {
  let files = []
  try {
    files = JSON.parse(readFileSync(path, 'utf8')).testResults
  } catch {
    console.error('The test run ended before it could write its report.')
  }
  const tests = files.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({
      ...test,
      suite: `${relative(root, name)} › ${test.ancestorTitles[0] ?? test.title}`,
    })),
  )
  const count = (status) => tests.filter((test) => test.status === status).length
  const unloaded = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const left = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
  return {
    passed: count('passed'),
    failed: count('failed') + unloaded.length,
    skipped: [...new Set(left.map(({ suite }) => suite))],
  }
}

/** Resolves to the exit code; a signal counts as a failure. */
function run(command, args, { watch, ...options }) {
  const child = spawn(process.execPath, [bin(command), ...args], { cwd: root, ...options })
  running.add(child)
  watch?.(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      running.delete(child)
      resolve(code ?? 1)
    })
  })
}

function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`
}
