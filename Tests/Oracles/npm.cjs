// Asks npm's own configuration code what lines mean: node npm.cjs NPM_FOLDER < questions > answers.
// The first answer holds npm's commands and options (README.md says in which shape). npm's Config
// only reads; no command is ever constructed. For npx, npx's own rewriting of argv runs first, with
// the command line that it would start replaced by one that notes the words.
'use strict'
const fs = require('node:fs')
const path = require('node:path')
const readline = require('node:readline')

const folder = fs.realpathSync(process.argv[2])
const part = name => require(path.join(folder, name))
const Config = part('node_modules/@npmcli/config')
const { definitions, shorthands, flatten, nerfDarts } =
  part('node_modules/@npmcli/config/lib/definitions')
const { commands, aliases, deref } = part('lib/utils/cmd-list.js')
const starter = path.join(folder, 'lib/cli.js')
const npx = path.join(folder, 'bin/npx-cli.js')
process.on('log', () => {})
console.error = () => {}
// A replacement that npx does not meet would let it start npm for real.
if (require.resolve(starter) !== starter) throw new Error('not where npx looks: ' + starter)

function tables () {
  const options = Object.entries(definitions).map(([name, definition]) => ({
    names: ['--' + name].concat([definition.short ?? []].flat().map(letter => '-' + letter)),
    takesValue: [definition.type].flat().some(type => type !== Boolean && type !== null),
  }))
  for (const name of Object.keys(shorthands)) {
    options.push({ names: ['--' + name, '-' + name], takesValue: false })
  }
  return {
    version: part('package.json').version,
    commands: [...commands, ...Object.keys(aliases)],
    options: { '': options },
  }
}

function rewrittenByNpx (argv) {
  let words
  require.cache[starter] = { id: starter, loaded: true, exports: it => { words = it.argv.slice(2) } }
  delete require.cache[npx]
  const given = process.argv
  process.argv = [given[0], npx, ...argv]
  try { require(npx) } finally { process.argv = given }
  if (!words) process.exit(70)
  return words
}

async function answer ({ tool, argv, env, cwd, home }) {
  // nopt makes paths absolute by itself.
  process.chdir(cwd)
  const words = tool === 'npx' ? rewrittenByNpx(argv) : argv
  const config = new Config({
    npmPath: folder, definitions, shorthands, flatten, nerfDarts, cwd, warn: false,
    argv: [process.execPath, path.join(folder, 'bin/npm-cli.js'), ...words],
    env: { ...env, HOME: home, PATH: '/usr/bin:/bin' },
  })
  await config.load()
  if (config.get('version', 'cli')) return { command: null, why: 'version' }
  const rest = config.get('versions', 'cli') ? ['version'] : [...config.parsedArgv.remain]
  const word = rest.shift()
  const command = word ? deref(word) : null
  if (!command) return { command: null, why: word ? 'unknown' : 'usage' }
  const found = { command, args: rest, opts: {} }
  for (const where of ['cli', 'env']) {
    for (const key of Object.keys(config.data.get(where).data)) found.opts[key] = config.get(key)
  }
  // `--versions` is the command `version` under another name, and off by default.
  delete found.opts.versions
  // An empty list is what a list is without its option.
  for (const [key, value] of Object.entries(found.opts)) {
    if (Array.isArray(value) && value.length === 0) delete found.opts[key]
  }
  // Any command of npm then prints its usage and ends.
  if (config.get('usage')) found.prints = true
  return found
}

async function main () {
  console.log(JSON.stringify(tables()))
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let found
    try { found = await answer(JSON.parse(line)) } catch (error) {
      found = { command: null, why: String(error.message) }
    }
    console.log(JSON.stringify(found))
  }
}
main()
