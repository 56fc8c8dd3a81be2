package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;
import dev.belfry.host.spelling.ClosestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rejects unknown and repeated query parameters: a misspelled filter must not widen a result. */
final class QueryParameterRules {

    private QueryParameterRules() {}

    static void check(Map<String, List<String>> given, Set<String> known) {
        given.forEach((name, values) -> {
            // Between two &, and before or after one, there may be nothing.
            if (name.isEmpty() && values.stream().allMatch(String::isEmpty)) {
                return;
            }
            if (!known.contains(name)) {
                throw ApiError.input("unknown query parameter '" + name + "'" + hint(name, known));
            }
            if (values.size() > 1) {
                throw ApiError.input(
                        "query parameter '" + name + "' is given " + values.size() + " times; once is allowed");
            }
        });
    }

    private static String hint(String name, Set<String> known) {
        Optional<String> near = ClosestName.of(name, known);
        return near.map(match -> "; did you mean '" + match + "'?")
                .orElseGet(() -> known.isEmpty()
                        ? "; none is known here"
                        : "; known are " + String.join(", ", new TreeSet<>(known)));
    }
}
