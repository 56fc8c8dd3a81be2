package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Property test over generated configurations. A failure prints the seed that reproduces it. */
class ConfigMergeTest {

    private static final int ROUNDS = 2_000;
    private static final int MAX_DEPTH = 4;
    private static final SourceLocation HERE = new SourceLocation("made up", 0, Path.of("/"));

    @Test
    void theLastFileWithAPathWins() {
        forEachSeed((seed, random) -> {
            List<Value.Tree> files = List.of(tree(random, 0), tree(random, 0), tree(random, 0));
            Value.Tree merged = files.stream().reduce(ConfigMerge::over).orElseThrow();

            Map<String, Object> expected = new LinkedHashMap<>();
            files.forEach(file -> say("", file, expected));

            assertThat(leaves("", merged, new LinkedHashMap<>()))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        });
    }

    @Test
    void mergingAFileWithItselfChangesNothing() {
        forEachSeed((seed, random) -> {
            Value.Tree file = tree(random, 0);

            assertThat(ConfigMerge.over(file, file)).as("seed %d", seed).isEqualTo(file);
        });
    }

    @Test
    void mergingWithAnEmptyFileChangesNothing() {
        forEachSeed((seed, random) -> {
            Value.Tree file = tree(random, 0);
            Value.Tree empty = new Value.Tree(Map.of(), HERE);

            assertThat(ConfigMerge.over(file, empty)).as("seed %d", seed).isEqualTo(file);
            assertThat(ConfigMerge.over(empty, file)).as("seed %d", seed).isEqualTo(file);
        });
    }

    /** A simple reference implementation: a value at a path replaces everything below the path. */
    private static void say(String path, Value value, Map<String, Object> said) {
        if (value instanceof Value.Tree tree) {
            said.keySet().removeIf(other -> isAbove(other, path));
            if (said.keySet().stream().noneMatch(other -> other.startsWith(path + "/"))) {
                said.put(path + "/", "map");
            }
            tree.children().forEach((key, child) -> {
                said.remove(path + "/");
                say(path + "/" + key, child, said);
            });
        } else {
            said.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "/"));
            said.put(path, value);
        }
    }

    /** A string replaces an object. */
    private static boolean isAbove(String other, String path) {
        return other.equals(path) && !other.endsWith("/");
    }

    private static Map<String, Object> leaves(String path, Value value, Map<String, Object> found) {
        if (!(value instanceof Value.Tree tree)) {
            found.put(path, value);
        } else if (tree.children().isEmpty()) {
            found.put(path + "/", "map");
        } else {
            tree.children().forEach((key, child) -> leaves(path + "/" + key, child, found));
        }
        return found;
    }

    private static Value.Tree tree(RandomGenerator random, int depth) {
        Map<String, Value> children = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            children.put(String.valueOf((char) ('a' + random.nextInt(4))), value(random, depth + 1));
        }
        return new Value.Tree(children, HERE);
    }

    private static Value value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth < MAX_DEPTH ? 5 : 3)) {
            case 0 -> new Value.Scalar(null, HERE);
            case 1 -> new Value.Items(List.of(new Value.Scalar(random.nextLong(9), HERE)), HERE);
            case 2 -> new Value.Scalar(random.nextLong(9), HERE);
            default -> tree(random, depth);
        };
    }

    private interface Law {
        void check(long seed, RandomGenerator random);
    }

    private static void forEachSeed(Law law) {
        long first = System.nanoTime();
        for (long seed = first; seed < first + ROUNDS; seed++) {
            law.check(seed, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        }
    }
}
