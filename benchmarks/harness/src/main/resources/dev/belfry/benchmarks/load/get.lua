require "result"
