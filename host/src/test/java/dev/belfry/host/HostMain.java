package dev.belfry.host;

import java.nio.file.Path;
import java.util.Arrays;

/** A process of a host, for tests that kill it. */
public final class HostMain {

    private HostMain() {}

    /** @param files configuration files */
    public static void main(String[] files) {
        Belfry belfry = Belfry.start(Arrays.stream(files).map(Path::of).toArray(Path[]::new));
        System.out.println("serving   " + belfry.address());
    }
}
