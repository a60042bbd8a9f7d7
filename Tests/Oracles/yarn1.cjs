// Asks yarn 1's own main() what lines mean: node yarn1.cjs YARN_BUNDLE < questions > answers.
// The first answer holds its commands and options (README.md says in which shape). The bundle is
// loaded with two places changed: it does not start by itself, and main() stops where it would make
// its Reporter, after all parsing and before all work.
'use strict'
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const readline = require('node:readline')

const COMMANDS = `access add audit autoclean bin cache check config create exec generate-lock-entry
  generateLockEntry global help import info init install licenses link list login logout node
  outdated owner pack policies publish remove run tag team unlink unplug upgrade
  upgrade-interactive version versions why workspace workspaces dedupe lockfile ls prune`.split(/\s+/)

const file = path.resolve(process.argv[2])
const write = process.stdout.write.bind(process.stdout)
const commander = load()
const untouched = Object.entries(commander).map(([key, value]) => [key, copy(value)])

// How main() ends where the parser itself ends the process.
class Exit extends Error {}
process.exit = code => { throw new Exit('exit ' + code) }

// As commander names the property of an option.
function camelCase (name) {
  return name.replace('no-', '').replace(/-(.)/g, (_, letter) => letter.toUpperCase())
}

function copy (value) { return Array.isArray(value) ? [...value] : value }

function load () {
  let text = fs.readFileSync(file, 'utf8').replace(/^#!.*/, '')
  const replace = (pattern, replacement) => {
    if (!pattern.test(text)) throw new Error('this bundle is not known: ' + pattern)
    text = text.replace(pattern, replacement)
  }
  const program = '(_commander || _load_commander()).default'
  replace(/ const Reporter = \(_commander \|\| _load_commander\(\)\)/,
    ` return globalThis.parsed(commandName, ${program}, command);\n$&`)
  replace(/if \(__webpack_require__\.c\[__webpack_require__\.s\] === module\) \{/,
    `globalThis.yarn = { start, commander: () => ${program} };\nif (false) {`)
  const bundle = new Module(file)
  bundle.filename = file
  bundle._compile(text, file)
  return globalThis.yarn.commander()
}

// commander is one object for the whole process; every question must find it as the first did.
function reset () {
  const keys = new Set(untouched.map(([key]) => key))
  for (const key of Object.keys(commander)) if (!keys.has(key)) delete commander[key]
  for (const [key, value] of untouched) if (key !== '_events') commander[key] = copy(value)
  commander.removeAllListeners()
  for (const event of ['unhandledRejection', 'SIGTERM', 'SIGINT']) process.removeAllListeners(event)
}

async function answer ({ argv, env, cwd, home }) {
  reset()
  const saved = { argv: process.argv, env: process.env, error: console.error, log: console.log }
  let found
  globalThis.parsed = (command, program, implementation) => {
    found = { command, args: [...program.args], opts: {} }
    for (const option of program.options) {
      const name = option.attributeName ? option.attributeName() : camelCase(option.name())
      found.opts[name] = program[name] ?? null
    }
    // `workspace` hands on all that stood behind it, options as well.
    if (command === 'workspace') found.passedOn = [...program.originalArgs]
    if (command === 'workspace' || (command === 'workspaces' && program.args[0] === 'run')) {
      found.inner = program.originalArgs.slice(1)
    }
    if (implementation.noArguments && program.args.length > 0) found.failed = true
  }
  process.chdir(cwd)
  process.argv = [saved.argv[0], 'yarn', ...argv]
  process.env = { PATH: '/usr/bin:/bin', ...env, HOME: home }
  process.stdout.write = () => true
  console.error = console.log = () => {}
  let why = 'nothing'
  try { await globalThis.yarn.start() } catch (error) { why = String(error.message) }
  process.stdout.write = write
  Object.assign(process, { argv: saved.argv, env: saved.env, exitCode: 0 })
  Object.assign(console, { error: saved.error, log: saved.log })
  return found ?? { command: null, why }
}

async function tables (cwd, home) {
  const options = {}
  for (const name of COMMANDS) {
    await answer({ argv: [name], env: {}, cwd, home })
    options[name] = commander.options.map(option => ({
      names: [option.long, option.short].filter(Boolean),
      takesValue: Boolean(option.required || option.optional),
    }))
  }
  const version = JSON.parse(fs.readFileSync(path.join(path.dirname(file), '../package.json'))).version
  return { version, commands: COMMANDS, options: { '': options.bin, ...options } }
}

async function main () {
  const start = process.cwd()
  write(JSON.stringify(await tables(start, start)) + '\n')
  for await (const line of readline.createInterface({ input: process.stdin })) {
    write(JSON.stringify(await answer(JSON.parse(line))) + '\n')
  }
}
main()
