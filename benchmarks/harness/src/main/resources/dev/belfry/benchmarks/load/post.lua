require "result"

wrk.method = "POST"
