package dev.belfry.host.config;

import dev.belfry.host.spelling.ClosestName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides what a key means that a record does not bind. In Belfry's own sections and in sections of plugins, it is a
 * problem. In sections that Backstage owns, it is a warning, unless it is probably a misspelled key that Belfry reads.
 */
final class UnknownKeys {

    /** In letters; a transposition counts as one. */
    static final int MISSPELLED = 2;

    private final Problems problems;

    UnknownKeys(Problems problems) {
        this.problems = problems;
    }

    void check(String path, Value.Tree tree, RecordKeys keys) {
        check(path, "", tree, keys);
    }

    private void check(String path, String holder, Value.Tree tree, RecordKeys keys) {
        tree.children().forEach((name, value) -> {
            String key = ValuePath.join(holder, name);
            String inner = ValuePath.join(path, name);
            boolean isOneName = name.indexOf('.') < 0;
            if (isOneName && keys.knows(key)) {
                return;
            }
            if (Substitution.DIRECTIVES.contains(name) && value instanceof Value.Unresolved unresolved) {
                problems.add(unresolved.location(), inner, unresolved.reason());
                return;
            }
            Optional<Unsupported> unsupported = keys.unsupported(key);
            if (isOneName && keys.holds(key)) {
                checkHolder(inner, key, value, keys);
            } else if (unsupported.isPresent()) {
                boolean isNamed = keys.unsupported().containsKey(key);
                warn(inner, value, unsupported.get(), isNamed ? Optional.empty() : near(name, keys.within(holder)));
            } else if (keys.ignores(key)) {
                problems.ignore(inner);
            } else {
                Set<String> known = keys.within(holder);
                report(value.location(), inner, name, known, areOneLevelUp(value, known));
            }
        });
    }

    /** @param near the key that this one is probably a misspelling of */
    private void warn(String path, Value value, Unsupported key, Optional<String> near) {
        boolean isFalse = value.text()
                .flatMap(text -> ScalarTypes.parse(boolean.class, text, value.location()))
                .filter(Boolean.FALSE::equals)
                .isPresent();
        if (key.onlyIfTrue() && isFalse) {
            problems.ignore(path);
        } else {
            String meant =
                    near.map(other -> "did you mean '" + other + "'? The key ").orElse("");
            problems.warn(value.location(), path, meant + key.instead());
        }
    }

    private void checkHolder(String path, String key, Value value, RecordKeys keys) {
        switch (value) {
            case Value.Tree tree -> check(path, key, tree, keys);
            case Value.Unresolved unresolved
            when unresolved.isUnset() -> problems.warn(unresolved.location(), path, unresolved.asAbsent());
            case Value.Unresolved unresolved -> problems.add(unresolved.location(), path, unresolved.reason());
            case Value empty when empty.isNull() -> {}
            default -> problems.add(value.location(), path, "must be an object, not " + value.kind());
        }
    }

    /** The key that the name is probably a misspelling of. */
    private static Optional<String> near(String name, Set<String> known) {
        return ClosestName.of(name, known).filter(key -> ClosestName.distance(name, key) <= MISSPELLED);
    }

    /** Whether most keys of an object belong beside it, as in the object of a named provider of Backstage. */
    private static boolean areOneLevelUp(Value value, Set<String> known) {
        return value instanceof Value.Tree tree
                && tree.children().keySet().stream().filter(known::contains).count() * 2
                        > tree.children().size();
    }

    /** @param known the keys that are read beside the unknown one */
    void report(SourceLocation location, String path, String name, Set<String> known) {
        report(location, path, name, known, false);
    }

    private void report(
            SourceLocation location, String path, String name, Set<String> known, boolean areItsKeysOneLevelUp) {
        Optional<String> near = areItsKeysOneLevelUp ? Optional.empty() : ClosestName.of(name, known);
        Optional<String> instead = BackstageSections.instead(path);
        if (instead.isPresent()) {
            problems.warn(location, path, instead.get());
        } else if (BackstageSections.contain(path)
                && near(name, known).isEmpty()
                && !BackstageSections.mayBePolicy(path)) {
            problems.warn(
                    location,
                    path,
                    "unknown key, which has no effect"
                            + near.map(key -> "; did you mean '" + key + "'?").orElse(""));
        } else {
            problems.add(
                    location,
                    path,
                    "unknown key"
                            + (areItsKeysOneLevelUp ? "; move its keys one level up" : "")
                            + near.map(key -> "; did you mean '" + key + "'? allowed: ")
                                    .orElse("; allowed: ")
                            + String.join(", ", new TreeSet<>(known)));
        }
    }
}
