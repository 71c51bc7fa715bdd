# frozen_string_literal: true

# STAND-IN for the gem aws_lambda_ric, written for this lab: it is not AWS's code. It speaks the Runtime API
# (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) as far as a smoke can tell: handlers
# `file.method` and `file.Class.method`, called with `event:` and `context:`; error types `Init<…>` and `Function<…>`.
require 'json'
require 'net/http'

$stdout.sync = true

API = URI("http://#{ENV.fetch('AWS_LAMBDA_RUNTIME_API')}/2018-06-01/runtime/")
# Longer than any function waits for its next event.
WAIT_SECONDS = 1_000_000

Context = Struct.new(:aws_request_id, :deadline_ms, :invoked_function_arn) do
  def function_name = ENV.fetch('AWS_LAMBDA_FUNCTION_NAME', nil)
  def function_version = ENV.fetch('AWS_LAMBDA_FUNCTION_VERSION', nil)
  def memory_limit_in_mb = ENV.fetch('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', nil)
  def get_remaining_time_in_millis = [deadline_ms - (Time.now.to_f * 1000).to_i, 0].max
end

def next_invocation
  Net::HTTP.start(API.host, API.port, read_timeout: WAIT_SECONDS) { |http| http.get("#{API.path}invocation/next") }
end

def report(path, error, phase)
  type = "#{phase}<#{error.class}>"
  trace = (error.backtrace || []).first(100)
  warn JSON.generate(errorType: type, errorMessage: error.message, stackTrace: trace)
  body = JSON.generate(errorMessage: error.message, errorType: type, stackTrace: trace)
  Net::HTTP.post(API + path, body, 'Lambda-Runtime-Function-Error-Type' => type)
end

def load_handler(name)
  file, *names = name.to_s.split('.')
  method = names.pop
  raise ArgumentError, "Invalid handler #{name}: FILENAME.METHOD or FILENAME.CLASS.METHOD" if method.nil? || names.size > 1

  $LOAD_PATH.unshift(Dir.pwd)
  require file
  ->(**arguments) { (names.empty? ? self : Object.const_get(names.first)).send(method, **arguments) }
end

begin
  handler = load_handler(ARGV.first)
rescue Exception => e # also ScriptError: a file that cannot be loaded
  report('init/error', e, 'Init')
  exit! 252
end

loop do
  request = next_invocation
  id = request['Lambda-Runtime-Aws-Request-Id']
  context = Context.new(id, request['Lambda-Runtime-Deadline-Ms'].to_i, request['Lambda-Runtime-Invoked-Function-Arn'])
  begin
    answer = handler.call(event: JSON.parse(request.body), context: context)
    Net::HTTP.post(API + "invocation/#{id}/response", JSON.generate(answer), 'Content-Type' => 'application/json')
  rescue Exception => e
    report("invocation/#{id}/error", e, 'Function')
    exit! 255 unless e.is_a?(StandardError) && !e.is_a?(NameError)
  end
end
