-- One line that says it all, for a program to read. Times come in microseconds.
function done(summary, latency, requests)
   local errors = summary.errors
   local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
   local answered = summary.requests - errors.status
   io.write(string.format('result {"perSecond": %.2f, "medianMillis": %.3f, "p99Millis": %.3f, "failed": %d}\n',
      answered / (summary.duration / 1e6), latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
end
