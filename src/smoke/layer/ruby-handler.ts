/**
 * Loads one gem in a process of its own, as whoever requires it by name: nothing but RubyGems is loaded before, so that a
 * gem which Ruby brings too is the layer's. Tells by descriptor 3; what runs when a process ends is left out.
 */
const LOAD = `told = IO.for_fd(3, 'w')
begin
  gem(ARGV[1], ARGV[2]) unless ARGV[1].empty?
  require ARGV[0]
  told.write('loaded')
rescue Exception => e
  warn e.full_message(highlight: false)
  told.write([e.class.to_s, e.message[0, 2000]].join("\\n"))
end
told.close
$stdout.flush
exit!(0)`

/** A function as in import-handlers.ts; the event's packages are \`{ name, gem, version }\`. */
export const RUBY = `require 'rbconfig'

LAMBDA_PARITY_LOAD = <<'LOAD'
${LOAD}
LOAD

def handler(event:, context:)
  event['packages'].map { |package| lambda_parity_load(package, event['seconds']) }
end

def lambda_parity_load(package, seconds)
  started = Process.clock_gettime(Process::CLOCK_MONOTONIC)
  output, written = IO.pipe
  told, telling = IO.pipe
  command = [RbConfig.ruby, '-e', LAMBDA_PARITY_LOAD, package['name'], package['gem'].to_s, package['version'].to_s]
  pid = Process.spawn(*command, in: File::NULL, out: written, err: written, 3 => telling, chdir: '/tmp')
  late = false
  watch = Thread.new do
    sleep(seconds)
    late = true
    Process.kill('KILL', pid)
  end
  [written, telling].each(&:close)
  log = output.read.force_encoding('UTF-8').scrub('?')
  said = told.read.force_encoding('UTF-8').scrub('?')
  status = Process.wait2(pid)[1]
  watch.kill
  [output, told].each(&:close)
  millis = ((Process.clock_gettime(Process::CLOCK_MONOTONIC) - started) * 1000).round
  result = { 'name' => package['label'] || package['name'], 'millis' => millis }
  return result if said == 'loaded' && status.success?
  type, message = said.split("\\n", 2)
  if said == 'loaded' || said.empty?
    type = status.signaled? ? 'Signal' : 'SystemExit'
    message = status.signaled? ? "ended by signal #{status.termsig}" : "ended the process with status #{status.exitstatus}"
  end
  type, message = 'Timeout', "it does not end within #{seconds} s" if late
  result.merge('error' => { 'type' => type, 'message' => message.to_s, 'log' => log[-4000..] || log })
end
`
