require "create"

create(function(number) return ',"targetUsers":["default/u' .. (number % 1000) .. '"]' end)
