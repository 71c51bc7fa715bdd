import { architectureRow } from '../../lambda/architecture.ts'
import type { Installation, Installer } from './installer.ts'
import { OWN_PROJECT } from './source-builds.ts'

/** Not the newest by itself: what a lock file gives must not depend on the day. */
const UV = 'uv==0.13.9'

const PIP_OPTIONS = '--target /out/python --prefer-binary --no-compile'

/** The interpreter of the runtime, so that another one in the image does not decide which wheels fit. */
const python = ({ runtime }: Installation) =>
  `PYTHON=$(command -v ${runtime.id} || command -v python3)\n"$PYTHON" --version\n`

/**
 * pip takes wheels for the image that it runs in, which may be newer than what runs the layer: this module (PEP 600) says
 * which are too new. A package without an older wheel is then compiled, or its older version taken.
 */
const wheelsUpTo = ({ glibc }: Installation) => {
  if (glibc === undefined) return ''
  const [major, minor] = glibc.split('.')
  return `mkdir -p "$HOME/limit"
cat > "$HOME/limit/_manylinux.py" <<'END'
def manylinux_compatible(major, minor, arch):
    return None if (major, minor) <= (${major}, ${minor}) else False
END
export PYTHONPATH="$HOME/limit"
`
}

const pip = (installation: Installation, what: string) =>
  `${wheelsUpTo(installation)}"$PYTHON" -m pip install ${PIP_OPTIONS} ${what}\n`

/**
 * What pip installs of a project: itself with its dependencies when it can be built (`[build-system]`, or the files of
 * setuptools), else only its dependencies, as of an application that is never packed.
 */
const PROJECT = `"$PYTHON" - > "$HOME/requirements.txt" <<'END'
import os, sys
try:
    import tomllib
except ImportError:
    from pip._vendor import tomli as tomllib
with open('pyproject.toml', 'rb') as file:
    content = tomllib.load(file)
project = content.get('project')
if 'build-system' in content or os.path.exists('setup.py') or os.path.exists('setup.cfg'):
    name = (project or content.get('tool', {}).get('poetry', {})).get('name', '')
    print('${OWN_PROJECT}' + name, file=sys.stderr)
    print('./')
elif project is None:
    sys.exit('pyproject.toml has neither [project] nor [build-system]: there is nothing that pip could install.')
elif 'dependencies' in project.get('dynamic', []):
    sys.exit('pyproject.toml says that its dependencies are dynamic, and without [build-system] nobody can tell them.')
else:
    print('Only the dependencies: pyproject.toml has no [build-system].', file=sys.stderr)
    print('\\n'.join(project.get('dependencies', [])))
END
`

/** uv asks the interpreter apart from any path that could be given to it: it is told the platform. */
const platform = ({ glibc, architecture }: Installation) => {
  if (glibc === undefined) return ''
  const newest = UV_PLATFORMS.findLast((minor) => minor <= Number(glibc.split('.')[1]))
  const machine = architectureRow(architecture).debian.replace('-linux-gnu', '')
  return `--python-platform ${machine}-${newest === undefined ? 'manylinux2014' : `manylinux_2_${newest}`}`
}
const UV_PLATFORMS = [28, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]

/** A lock file names the index that it was made with, which variables of the runner may replace: it is in step with one of them. */
const IN_STEP = `uv_in_step() { "$UV/bin/uv" lock --check --quiet --python "$PYTHON"; }
uv_in_step || {
  [ -n "$UV_DEFAULT_INDEX$UV_INDEX$UV_INDEX_URL$UV_EXTRA_INDEX_URL" ]
  (unset UV_DEFAULT_INDEX UV_INDEX UV_INDEX_URL UV_EXTRA_INDEX_URL; uv_in_step)
}
`

const uv = (installation: Installation) => `${python(installation)}UV="$CACHE/tools/${UV}"
[ -x "$UV/bin/uv" ] || "$PYTHON" -m pip install --quiet --target "$UV" --only-binary=:all: ${UV}
export UV_PYTHON_DOWNLOADS=never
${IN_STEP}"$UV/bin/uv" export --frozen --no-dev --no-editable --no-header --quiet --python "$PYTHON" --format requirements-txt --output-file "$HOME/requirements.txt"
"$UV/bin/uv" pip install --no-progress --link-mode copy --python "$PYTHON" ${platform(installation)} --target /out/python -r "$HOME/requirements.txt"
rm -f /out/python/.lock /out/python/*.dist-info/uv_cache.json
`

export const PYTHON_INSTALLERS: readonly Installer[] = [
  { family: 'python', tool: 'uv', files: ['pyproject.toml', 'uv.lock'], locked: true, script: uv },
  {
    family: 'python',
    tool: 'pip',
    files: ['requirements.txt'],
    locked: true,
    script: (installation) => `${python(installation)}${pip(installation, '-r requirements.txt')}`,
  },
  {
    family: 'python',
    tool: 'pip',
    files: ['pyproject.toml'],
    locked: false,
    script: (installation) => `${python(installation)}${PROJECT}${pip(installation, '-r "$HOME/requirements.txt"')}`,
  },
]
