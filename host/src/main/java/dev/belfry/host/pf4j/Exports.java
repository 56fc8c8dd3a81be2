package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Contract;

/** The exported classes of one plugin. */
interface Exports extends Contract {

    /** Identifies the content: exports with equal keys are interchangeable. */
    String key();

    boolean has(String className);

    @Override
    default boolean defines(Class<?> type) {
        try {
            return has(type.getName()) && load(type.getName()) == type;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    Class<?> load(String className) throws ClassNotFoundException;
}
