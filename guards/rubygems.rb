# frozen_string_literal: true

# Loaded by ruby before `gem` and `bundle` install anything (RUBYOPT=-r, set by the shim), because
# neither has a switch against the code that a gem brings along for its own installation:
#
# - native extensions: extconf.rb, Rakefile, configure, Cargo build scripts (Gem::Ext::Builder);
# - RubyGems plugins: lib/rubygems_plugin.rb is loaded as soon as the gem is installed, and by every
#   later gem command (Gem.load_plugins);
# - Bundler plugins, which a Gemfile or a project's .bundle/config can name.
#
# A gem that has one of the first two is refused before anything of it is unpacked, by name. Sources:
# rubygems lib/rubygems/installer.rb (`pre_install_checks`, `load_plugin`), bundler
# lib/bundler/plugin.rb.

require "rubygems"
require "rubygems/installer"
require "rubygems/ext"
require "rubygems/package"
require "rubygems/request_set"

module ShimgateGuard
  # Gems whose extensions the shim builds afterwards, confined; it names them for the installation.
  UNBUILT = ENV.delete("SHIMGATE_GEM_UNBUILT").to_s.split(",").freeze
  PLUGIN = %r{(?:\A|/)rubygems_plugin(?:\.\w+)?\z}

  def self.refuse(gem, what)
    raise Gem::InstallError,
          "shimgate: #{gem} is not installed: #{what}, which would run its code"
  end

  # In front of both RubyGems' installer and Bundler's, which inherits from it.
  module Installer
    def pre_install_checks
      extensions = spec.extensions
      unless extensions.empty? || UNBUILT.include?(spec.name)
        ShimgateGuard.refuse(spec.full_name, "it builds #{extensions.join(", ")}")
      end
      plugin = files.find { |path| PLUGIN.match?(path) }
      ShimgateGuard.refuse(spec.full_name, "it has the RubyGems plugin #{plugin}") if plugin
      super
    end

    private

    # A gem that lies unpacked already has no archive to look into.
    def files
      @package.respond_to?(:contents) ? @package.contents : Dir.children(gem_dir)
    end
  end

  # Whatever way leads to a build.
  module Builder
    def build_extensions
      return super if @spec.extensions.empty?
      return ShimgateGuard.leave_unbuilt(@spec) if UNBUILT.include?(@spec.name)

      ShimgateGuard.refuse(@spec.full_name, "it builds #{@spec.extensions.join(", ")}")
    end
  end

  # Plugins that are installed already are strangers' code as well.
  module Plugins
    def load_plugins; end

    def load_env_plugins; end

    def load_plugin_files(_plugins); end
  end
end

# Where the shim resolves an install first: everything is fetched into the private place that it
# names, and what it is gets written to the descriptor that it holds, a JSON object a line. Nothing is
# installed then. Sources: rubygems lib/rubygems/request_set.rb (`install`), dependency_installer.rb.
module ShimgateGuard
  STAGE = ENV.delete("SHIMGATE_GEM_STAGE")
  REPORT = 3

  module Resolving
    def install(options, *)
      directory = options[:install_dir]
      present = directory ? specs_in(directory) : []
      sorted_requests.each do |request|
        spec = request.spec
        asked = @always_install.any? { |wanted| wanted == spec.spec }
        known = directory ? present.any? { |one| one.full_name == spec.full_name } : request.installed?
        next if known && !asked

        ShimgateGuard.fetch(request, options)
      end
      []
    end
  end

  module Failures
    # A name without any version, where every source has answered, does not exist.
    def show_lookup_failure(name, version, errors, *)
      requirement = Gem::Requirement.create(version)
      answered = Array(errors).empty? && options[:domain] != :local
      ShimgateGuard.report("missing" => name.to_s) if requirement.none? && answered
      super
    end
  end

  # Makes the directory that the build may write to, and says where everything is.
  def self.leave_unbuilt(spec)
    require "fileutils"
    FileUtils.mkdir_p(spec.extension_dir)
    report(
      "build" => "#{spec.name}@#{spec.version}", "spec" => spec.spec_file, "home" => spec.base_dir,
      "places" => [spec.gem_dir, spec.extension_dir], "ruby" => RbConfig.ruby,
      "prefix" => RbConfig::CONFIG["prefix"]
    )
  end

  def self.fetch(request, options)
    require "digest"
    require "fileutils"
    place = File.join(STAGE, ".fetching")
    path = request.spec.download(options.merge(install_dir: place))
    file = File.join(STAGE, File.basename(path))
    return if File.exist?(file)

    FileUtils.cp(path, file)
    package = Gem::Package.new(file)
    report(description(package).merge(
      "file" => File.basename(file), "sha256" => Digest::SHA256.file(file).hexdigest,
      "source" => address(request), "requested" => request.parent.nil?,
      "bindir" => File.expand_path(
        options[:bin_dir] || Gem.bindir(options[:install_dir] || destination(options)))
    ))
  ensure
    FileUtils.rm_rf(place) if place
  end

  def self.destination(options)
    options[:user_install] ? Gem.user_dir : Gem.dir
  end

  def self.description(package)
    spec = package.spec
    plugin = package.contents.find { |path| PLUGIN.match?(path) }
    code = "it builds #{spec.extensions.join(", ")}" unless spec.extensions.empty?
    code ||= "it has the RubyGems plugin #{plugin}" if plugin
    kind = spec.extensions.empty? ? "plugin" : "extension"
    kind = "plugin" if plugin
    facts = {
      "name" => spec.name, "version" => spec.version.to_s, "platform" => spec.platform.to_s,
      "executables" => spec.executables.map(&:to_s)
    }
    code ? facts.merge("code" => code, "kind" => kind) : facts
  end

  def self.address(request)
    source = request.spec.respond_to?(:source) ? request.spec.source : nil
    return "" unless source.is_a?(Gem::Source) && source.uri && request.spec.class.name !~ /Local/

    uri = source.uri.dup
    uri.userinfo = nil if uri.respond_to?(:userinfo) && uri.userinfo
    uri.to_s
  rescue NoMethodError
    ""
  end

  def self.report(facts)
    require "json"
    File.open("/proc/self/fd/#{REPORT}", "a") { |file| file.puts(JSON.generate(facts)) }
  end
end

if ShimgateGuard::STAGE
  Gem::RequestSet.prepend(ShimgateGuard::Resolving)
  require "rubygems/local_remote_options"
  require "rubygems/command"
  Gem::Command.prepend(ShimgateGuard::Failures)
end

Gem::Installer.prepend(ShimgateGuard::Installer)
Gem::Ext::Builder.prepend(ShimgateGuard::Builder)
Gem.singleton_class.prepend(ShimgateGuard::Plugins)
