# frozen_string_literal: true

# Builds the extensions of one gem that is installed but not built. The shim starts it confined: it
# can write the gem's own directory and that of its extensions, and nothing else.
#
#     ruby rubygems_build.rb SPECIFICATION GEM-HOME

require "rubygems"
require "rubygems/ext"

file, home = ARGV
Gem.use_paths(home, [home, *Gem.default_path])
Gem::Ext::Builder.new(Gem::Specification.load(file)).build_extensions
