package dev.belfry.host.config;

import dev.belfry.host.config.SectionRules.Violation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Checks a section against rules and reports each violation with file and line. */
final class SectionCheck {

    private final Problems problems;
    private final UnknownKeys unknownKeys;

    /** By path: references to variables that are not set. */
    private final Map<String, Value.Unresolved> unset = new LinkedHashMap<>();

    SectionCheck(Problems problems) {
        this.problems = problems;
        this.unknownKeys = new UnknownKeys(problems);
    }

    void check(String section, Value.Tree tree, SectionRules rules) {
        int before = problems.count();
        Map<String, Object> plain = new PlainValues(problems, unset).of(section, tree);
        // Unresolved values cannot be checked.
        if (problems.count() == before) {
            rules.violations(plain).forEach(violation -> note(section, tree, violation));
            if (!rules.isBound()) {
                unset.forEach((path, value) -> problems.warn(value.location(), path, value.asAbsent()));
            }
        }
    }

    private void note(String section, Value.Tree tree, Violation violation) {
        String path = section;
        Value place = tree;
        boolean there = true;
        for (Object step : violation.path()) {
            if (step instanceof Integer && place instanceof Value.Tree) {
                // The object stands for an array of one.
                continue;
            }
            path += step instanceof Integer ? "[" + step + "]" : "." + step;
            Value next = there ? ValuePath.below(place, step) : null;
            there = next != null;
            place = next == null ? place : next;
        }
        if (place instanceof Value.Unresolved unresolved) {
            unset.remove(path);
            problems.add(unresolved.location(), path, unresolved.reason());
            return;
        }
        switch (violation) {
            case SectionRules.UnknownKey unknown ->
                unknownKeys.report(
                        place.location(), path, String.valueOf(unknown.path().getLast()), unknown.known());
            case SectionRules.UnmetRule rule ->
                problems.add(
                        place.location(),
                        path,
                        rule.rule() + (rule.shown() ? ", not " + SecretMasking.shown(place, path) : ""));
        }
    }
}
