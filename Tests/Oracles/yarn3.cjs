// Asks yarn 3's own parser what lines mean: node yarn3.cjs YARN_BUNDLE < questions > answers.
// The first answer holds its commands and options (README.md says in which shape). The bundle's
// main() registers all commands and then calls process() on the words; it is changed to give its
// Cli object away there. process() chooses and fills a command object; execute() is never called.
'use strict'
const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const readline = require('node:readline')

const file = path.resolve(process.argv[2])
const write = text => fs.writeSync(1, text + '\n')
// The `foo` of `yarn foo` and the folder of `yarn a/b foo`: yarn's entry command starts over.
const IDENT = /^(?:@[^/]+\/)?[^@/]+$/

globalThis.answerAll = async cli => {
  write(JSON.stringify(tables(cli)))
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { argv, cwd } = JSON.parse(line)
    let found
    try { found = answer(cli, argv, { cwd }) } catch (error) {
      found = { command: null, why: String(error.message).split('\n')[0] }
    }
    write(JSON.stringify(found))
  }
  return 0
}

function answer (cli, argv, context) {
  let object = cli.process([...argv], context)
  const places = []
  for (let depth = 0; object.leadingArgument !== undefined; depth++) {
    if (object.cwd !== undefined) places.push(object.cwd)
    if (depth > 5) return { command: null, why: 'too deep' }
    const first = object.leadingArgument
    const isFolder = /[\\/]/.test(first) && !IDENT.test(first)
    object = cli.process(isFolder ? [...object.args] : ['run', first, ...object.args], context)
  }
  if (object.help) return { command: null, why: 'help' }
  const paths = object.constructor.paths ?? []
  const named = paths.find(words => words.length > 0) ?? []
  if (named.length === 0) return { command: null, why: 'no command' }
  const opts = {}
  for (const [name, value] of Object.entries(object)) {
    if (!['cli', 'context', 'path', 'help'].includes(name)) opts[name] = value
  }
  // Where it acts is what the way there has added up to.
  if (object.cwd !== undefined) places.push(object.cwd)
  opts.cwd = places
  const prints = ['help', '-v', '--clipanion=definitions'].includes(named.join(' '))
  const found = { command: named.join(' '), prints, opts: JSON.parse(JSON.stringify(opts)) }
  if (/^workspace( |s foreach$|$)/.test(found.command)) {
    found.inner = [object.commandName, ...object.args]
  }
  return found
}

function tables (cli) {
  const definitions = cli.definitions()
  const options = {}
  for (const { path: words, options: given } of definitions) {
    options[words.split(' ').slice(1).join(' ')] = (given ?? []).map(option => ({
      names: option.definition.split(' ')[0].split(','),
      takesValue: option.definition.includes(' '),
    }))
  }
  options[''] = [{ names: ['--cwd'], takesValue: true }]
  return { version: cli.binaryVersion, commands: Object.keys(options).filter(Boolean), options }
}

const original = fs.readFileSync(file, 'utf8').replace(/^#!.*/, '')
const text = original.replace(
  /let ([\w$]+)=([\w$]+)\.process\(process\.argv\.slice\(2\)\);/, 'return globalThis.answerAll($2);')
if (text === original) throw new Error('this bundle is not known')
process.env.YARN_IGNORE_PATH = '1'
process.env.YARN_ENABLE_TELEMETRY = '0'
process.argv = [process.argv[0], file]
const bundle = new Module(file)
bundle.filename = file
require.main = bundle
process.mainModule = bundle
bundle._compile(text, file)
