import type { LoadableFile } from './loadable-files.ts'

/**
 * A shell script (POSIX sh, builtins only) that asks the dynamic loader of the image it runs in what each file needs:
 * `--list` maps a file and its libraries and runs nothing of them. Answers stand between lines that begin with `mark`, a
 * word that no file can know: `<mark> begin <index>`, the loader's words, `<mark> end <exit code> <milliseconds>`.
 */
export function loadScript(files: readonly LoadableFile[], mark: string): string {
  return `exec 2>&1
LC_ALL=C
export LC_ALL
# For libraries, which name no loader: glibc's or musl's, whichever the image has.
for LOADER in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1 /lib/ld-musl-*.so.1; do
  [ -x "$LOADER" ] && break
done
now() { read -r NOW _ < /proc/uptime; NOW=\${NOW%.*}\${NOW#*.}; while [ "\${NOW#0}" != "$NOW" ]; do NOW=\${NOW#0}; done; }
begin() { now; BEGAN=\${NOW:-0}; echo "${mark} begin $1"; }
end() { STATUS=$?; now; echo "${mark} end $STATUS $(( (\${NOW:-0} - BEGAN) * 10 ))"; }
executable() { [ -x "$1" ] || { printf '%s\\n' "$1: Permission denied"; return 126; }; }
interpreter() { [ -f "$1" ] || { printf '%s\\n' "$1: No such file or directory"; return 127; }; executable "$1"; }
# The engine keeps the end of a log only: what is well is not printed.
list() {
  TEXT=$("$1" --list "$2")
  STATUS=$?
  case $TEXT in *'not found'*) printf '%s\\n' "$TEXT"; return 1 ;; esac
  [ $STATUS -eq 0 ] || printf '%s\\n' "$TEXT"
  return $STATUS
}
library() { list "$LOADER" "$1"; }
program() { executable "$1" && interpreter "$2" && list "$2" "$1"; }
script() { executable "$1" && interpreter "$2" && { [ -z "$3" ] || looked "$3"; }; }
looked() { command -v "$1" > /dev/null || { printf '%s\\n' "env: $1: No such file or directory"; return 127; }; }
${files.map((file, index) => `begin ${index}; ${call(file)}; end`).join('\n')}
echo "${mark} done"
`
}

function call(file: LoadableFile): string {
  switch (file.kind) {
    case 'library':
      return `library ${quoted(file.path)}`
    case 'program':
      return `program ${quoted(file.path)} ${quoted(file.interpreter)}`
    case 'script':
      return `script ${quoted(file.path)} ${quoted(file.interpreter)} ${quoted(file.program ?? '')}`
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
