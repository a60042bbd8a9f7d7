# Asks RubyGems' own parser what lines mean: ruby gem.rb < questions > answers.
# The first answer holds its commands and options (README.md says in which shape). Gem::GemRunner
# runs up to the point where it would start a command; there the words are noted instead.
require 'json'
require 'stringio'
require 'rubygems/gem_runner'
require 'rubygems/command_manager'

# The runner has chosen a command. Not a StandardError, so that no rescue on the way takes it.
class Chosen < Exception
  attr_reader :command, :words

  def initialize(command, words)
    @command = command
    @words = words
    super(command.command)
  end
end

# RubyGems wants to end the process.
class Ended < StandardError
  attr_reader :status

  def initialize(status)
    @status = status
    super("exit #{status}")
  end
end

class Gem::Command
  def invoke_with_build_args(words, _build_words)
    raise Chosen.new(self, words)
  end

  def deprecation_warning; end
end

class Gem::CommandManager
  # As upstream's, without the rescue that turns errors into text.
  def run(words, build_words = nil)
    process_args(words, build_words)
  end
end

class SilentUI < Gem::StreamUI
  def initialize
    super(StringIO.new, StringIO.new, StringIO.new, false)
  end

  def terminate_interaction(status = 0)
    raise Ended, status
  end
end

def option_list(groups)
  groups.map do |words, _|
    forms = words.grep(String).grep(/\A-/)
    names = forms.flat_map do |form|
      name = form.split(/[ =]/).first
      name.start_with?('--[no-]') ? ["--#{name[7..]}", "--no-#{name[7..]}"] : [name]
    end
    { names: names, takesValue: forms.any? { |form| form.match?(/[ =]/) } }
  end
end

def tables
  manager = Gem::CommandManager.instance
  options = { '' => option_list(Gem::Command.common_options) }
  manager.command_names.each do |name|
    command = manager[name]
    command.send(:create_option_parser)
    groups = command.instance_variable_get(:@option_groups).values.flatten(1)
    options[name] = option_list(groups)
  end
  names = manager.command_names
  names += Gem::CommandManager::ALIAS_COMMANDS.keys if Gem::CommandManager.const_defined?(:ALIAS_COMMANDS)
  { version: Gem::VERSION, commands: names, options: options }
end

def answer(argv)
  Gem::GemRunner.new.run(argv)
  { command: nil, why: 'nothing' }
rescue Chosen => e
  chosen(e.command, e.words)
rescue SystemCallError
  # --config-file names a folder: what the file system refuses is no question of grammar.
  { skipped: true }
rescue Exception => e
  raise if e.is_a?(Interrupt)
  { command: nil, why: e.message[0, 120] }
end

# The command's own reading of its words.
def chosen(command, words)
  command.send(:handle_options, words.dup)
  options = command.options.except(:args, :build_args)
  {
    command: command.command, args: command.options[:args],
    opts: options.transform_values { |one| plain(one) },
    prints: options[:help] || command.command == 'help'
  }
rescue Ended => e
  { command: command.command, (e.status == 0 ? :prints : :failed) => true }
rescue StandardError, ScriptError, SystemExit => e
  { command: command.command, failed: true, why: e.message[0, 120] }
end

# A value as text that is the same each time.
def plain(value)
  text = value.is_a?(Gem::Requirement) ? value.to_s : value.inspect
  text.gsub(/0x\h+/, '0x')
end

def main
  ENV.delete('GEMRC')
  base = ENV.to_h
  Gem::DefaultUserInteraction.ui = SilentUI.new
  puts JSON.generate(tables)
  $stdin.each_line do |line|
    question = JSON.parse(line)
    home = question['home']
    ENV.replace(base.merge('HOME' => home).merge(question['env']))
    Gem.instance_variable_set(:@user_home, home)
    Gem.instance_variable_set(:@config_file, File.join(home, '.gemrc'))
    Gem::CommandManager.reset
    Gem::Command.instance_variable_set(:@specific_extra_args_hash, nil)
    Gem::Command.extra_args = []
    Dir.chdir(question['cwd'])
    found = Gem::DefaultUserInteraction.use_ui(SilentUI.new) { answer(question['argv'].map(&:dup)) }
    $DEBUG = false
    puts JSON.generate(found)
  end
end

main
