require "create"

create(function() return ',"targetGroups":["default/all-hands"]' end)
