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

module ShimgateGuard
  def self.refuse(gem, what)
    raise Gem::InstallError,
          "shimgate: #{gem} is not installed: #{what}, which would run its code"
  end

  # In front of both RubyGems' installer and Bundler's, which inherits from it.
  module Installer
    PLUGIN = %r{(?:\A|/)rubygems_plugin(?:\.\w+)?\z}

    def pre_install_checks
      extensions = spec.extensions
      unless extensions.empty?
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

Gem::Installer.prepend(ShimgateGuard::Installer)
Gem::Ext::Builder.prepend(ShimgateGuard::Builder)
Gem.singleton_class.prepend(ShimgateGuard::Plugins)
