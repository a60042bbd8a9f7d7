# frozen_string_literal: true

# As rubygems.rb, and no plugin of Bundler is installed or loaded.

require_relative "rubygems"
require "bundler"
require "bundler/plugin"

module ShimgateGuard
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

Bundler::Plugin.singleton_class.prepend(ShimgateGuard::BundlerPlugins)
