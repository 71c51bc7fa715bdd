/** What tools note for themselves: times and addresses of registries, which no function reads. */
const NOTES = [
  '.package-lock.json',
  '.modules.yaml',
  '.pnpm/lock.yaml',
  '.yarn-integrity',
  '.yarn-state.yml',
  '.package-map.json',
  '.cache',
]

/**
 * Packages of the same repository (`file:`, workspaces) are links to folders that the layer does not have: what they lead
 * to takes their place. node-gyp leaves `build/config.gypi` where it has compiled, beside
 * objects and dependency lists that nothing loads.
 */
const SCRIPT = `const fs = require('fs'), path = require('path')
const root = fs.realpathSync('node_modules')
const list = (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name)) : [])
for (const note of ${JSON.stringify(NOTES)}) fs.rmSync(path.join(root, note), { recursive: true, force: true })
for (const name of fs.readdirSync(root)) {
  if (/^\\.pnpm-workspace-state/.test(name)) fs.rmSync(path.join(root, name))
  if (name === '.pnpm' && list(path.join(root, name)).every((one) => path.basename(one) === 'node_modules' && list(one).length === 0))
    fs.rmSync(path.join(root, name), { recursive: true })
}
const scoped = (folder) => (path.basename(folder).startsWith('@') ? list(folder) : [folder])
const packages = (folder) => list(folder).filter((one) => !path.basename(one).startsWith('.')).flatMap(scoped)
for (const place of packages(root)) {
  if (!fs.lstatSync(place).isSymbolicLink() || !fs.existsSync(place)) continue
  const real = fs.realpathSync(place)
  if ((real + '/').startsWith(root + '/') || (root + '/').startsWith(real + '/')) continue
  fs.rmSync(place)
  fs.cpSync(real, place, { recursive: true, verbatimSymlinks: true })
  console.log('Copied in place of a link: ' + path.relative(root, place))
}
const compiled = (folder) => {
  for (const place of packages(folder)) {
    if (fs.lstatSync(place).isSymbolicLink()) continue
    if (fs.existsSync(path.join(place, 'build/config.gypi'))) {
      console.log('Compiled by node-gyp: ' + place.split('node_modules/').pop())
      for (const trace of ['.deps', 'obj.target', 'obj']) fs.rmSync(path.join(place, 'build/Release', trace), { recursive: true, force: true })
    }
    compiled(path.join(place, 'node_modules'))
  }
}
compiled(root)
`

/** Shell that puts what was installed into the layer. */
export const KEEP_MODULES = `if [ -d node_modules ]; then
  node - <<'END'
${SCRIPT}END
  mkdir -p /out/nodejs
  mv node_modules /out/nodejs/
fi
`
