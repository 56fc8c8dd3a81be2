package dev.belfry.notifications.storage.contract;

import java.util.Random;
import java.util.random.RandomGenerator;

/** A property test: checks a rule on random inputs. A failure names the seed that reproduces it. */
public final class Property {

    private static final String SEED = "belfry.test.seed";

    private Property() {}

    /** One check. */
    @FunctionalInterface
    public interface Trial {
        void run(RandomGenerator random) throws Exception;
    }

    /** @param trial runs this many times, each with another generator; once if the system property sets a seed */
    public static void holds(int trials, Trial trial) throws Exception {
        Long given = Long.getLong(SEED);
        if (given != null) {
            attempt(given, trial);
            return;
        }
        for (int i = 0; i < trials; i++) {
            attempt(new Random().nextLong(), trial);
        }
    }

    private static void attempt(long seed, Trial trial) throws Exception {
        try {
            trial.run(new Random(seed));
        } catch (AssertionError failure) {
            throw new AssertionError("with -D" + SEED + "=" + seed + ": " + failure.getMessage(), failure);
        }
    }
}
