-- Requests of wrk (https://github.com/wg/wrk/blob/master/SCRIPTING), one after another from a file: path, Accept and Accept-Encoding
-- between tabs. They are written out once, so that wrk leaves the processor to the server.

local requests, at = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local path, accept, encoding = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)$")
    local headers = { ["Host"] = wrk.headers["Host"] }
    if accept ~= "" then headers["Accept"] = accept end
    if encoding ~= "" then headers["Accept-Encoding"] = encoding end
    table.insert(requests, wrk.format("GET", path, headers))
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    "measured %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout
  ))
end
