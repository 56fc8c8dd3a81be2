package dev.belfry.host.pf4j;

import dev.belfry.host.lifecycle.Contract;

/** Classes that one plugin lets others see. */
interface Exports extends Contract {

    /** Names the content: two of one key are interchangeable. */
    String key();

    boolean has(String className);

    Class<?> load(String className) throws ClassNotFoundException;
}
