import type { Installer } from './installer.ts'

/** Gems as `GEM_PATH` of the runtime wants them; without what they were downloaded as, and without traces of compiling. */
const bundler = (frozen: boolean) => `bundle config set --local path "$HOME/bundle"
bundle config set --local without development:test
bundle config set --local silence_root_warning true
${frozen ? 'bundle config set --local frozen true\n' : ''}bundle install --retry 3
mkdir -p /out/ruby/gems
for gems in "$HOME"/bundle/ruby/*; do
  rm -rf "$gems/cache" "$gems/doc"
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
