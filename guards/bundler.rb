# frozen_string_literal: true

# As rubygems.rb, and no plugin of Bundler is installed or loaded. Bundler stays the one that was
# started: it would fetch the release that a lockfile names, which nobody has judged, and become it
# (lib/bundler/self_manager.rb). And where the shim names the lockfile that it has judged, no other one
# is installed from.

require_relative "rubygems"
require "bundler"
require "bundler/plugin"

module ShimgateGuard
  LOCKFILE = ENV.delete("SHIMGATE_BUNDLE_LOCKFILE")

  module SameBundler
    def restart_with_locked_bundler_if_needed; end

    def install_locked_bundler_and_restart_with_it_if_needed; end

    def update_bundler_and_restart_with_it_if_needed(*); end
  end

  module JudgedLockfile
    def initialize(*)
      super
      return if @lockfile.nil? || File.expand_path(@lockfile.to_s) == LOCKFILE
      return if File.identical?(@lockfile.to_s, LOCKFILE)

      abort "shimgate: #{@lockfile} is not the lockfile that was judged (#{LOCKFILE})"
    end
    ruby2_keywords :initialize if respond_to?(:ruby2_keywords, true)
  end

  module BundlerPlugins
    def gemfile_install(*); end

    def install(names, *)
      ShimgateGuard.refuse(Array(names).join(", "), "it is a Bundler plugin")
    end

    def load_plugin(name)
      ShimgateGuard.refuse(name, "it is a Bundler plugin")
    end
  end
end

Bundler::SelfManager.prepend(ShimgateGuard::SameBundler) if Bundler.const_defined?(:SelfManager)
if ShimgateGuard::LOCKFILE && !ShimgateGuard::LOCKFILE.empty?
  Bundler::Definition.prepend(ShimgateGuard::JudgedLockfile)
end
Bundler::Plugin.singleton_class.prepend(ShimgateGuard::BundlerPlugins)
