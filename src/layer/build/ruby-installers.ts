import type { Installer } from './installer.ts'

/**
 * Bundler keeps gems of `path:`, `git:` and `gemspec` where only Bundler finds them (the first and the last not even in
 * its folder): RubyGems finds what has a folder in `gems` and a specification.
 */
const FROM_SOURCE = `require "bundler"
require "fileutils"
home = Bundler.bundle_path.to_s
Bundler.definition.requested_specs.each do |spec|
  next if spec.name == "bundler" || !(Bundler::Source::Path === spec.source)
  from, to = spec.full_gem_path, File.join(home, "gems", spec.full_name)
  # Without git a gemspec that asks it for its files names none.
  files = spec.files.select { |file| File.file?(File.join(from, file)) }
  files = Dir.glob("**/*", base: from).select { |file| File.file?(File.join(from, file)) } if files.empty?
  files |= Dir.glob("{#{spec.require_paths.join(",")}}/**/*.so", base: from)
  files.each do |file|
    FileUtils.mkdir_p(File.dirname(File.join(to, file)))
    FileUtils.cp(File.join(from, file), File.join(to, file))
  end
  FileUtils.mkdir_p(File.join(home, "specifications"))
  File.write(File.join(home, "specifications", spec.full_name + ".gemspec"), spec.to_ruby)
  Dir[File.join(home, "bundler/gems/extensions/*/*", File.basename(from))].each do |made|
    kept = File.join(home, made[%r{extensions/[^/]+/[^/]+}], spec.full_name)
    FileUtils.mkdir_p(File.dirname(kept))
    FileUtils.cp_r(made, kept)
  end
end
FileUtils.rm_rf(File.join(home, "bundler"))`

/**
 * Gems as `GEM_PATH` of the runtime wants them; without what they were downloaded as, without traces of compiling, and
 * without the Bundler of the lock file, which Bundler installs beside them for itself.
 */
const bundler = (frozen: boolean) => `bundle config set --local path "$HOME/bundle"
bundle config set --local without development:test
bundle config set --local silence_root_warning true
${frozen ? 'bundle config set --local frozen true\n' : ''}{ [ -d vendor/cache ] && bundle install --local; } || bundle install --retry 3
ruby -e '${FROM_SOURCE}'
mkdir -p /out/ruby/gems
for gems in "$HOME"/bundle/ruby/*; do
  rm -rf "$gems/cache" "$gems/doc" "$gems"/gems/bundler-[0-9]* "$gems"/specifications/bundler-[0-9]*
  mv "$gems" /out/ruby/gems/
done
ruby -e 'File.delete(*Dir["/out/ruby/gems/*/{extensions,gems/*/ext}/**/{gem_make.out,mkmf.log,*.o}"])
made = Dir["/out/ruby/gems/*/gems/*/ext/**/extconf.rb"].map { |file| File.join(File.dirname(file), "Makefile") }
File.delete(*made.select { |file| File.file?(file) })'
`

export const RUBY_INSTALLERS: readonly Installer[] = [
  { family: 'ruby', tool: 'Bundler', files: ['Gemfile', 'Gemfile.lock'], locked: true, script: () => bundler(true) },
  { family: 'ruby', tool: 'Bundler', files: ['Gemfile'], locked: false, script: () => bundler(false) },
]
