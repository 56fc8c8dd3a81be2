package dev.belfry.installations;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small installation: its files, how it is started, and what is right.
 *
 * @param name of the bundle's file
 * @param files path below the installation's folder, and content
 * @param configs configuration files, relative to the installation's folder
 * @param from the folder where the command is called
 * @param jars paths where the notifications plugin's JAR is, in addition to Belfry's own plugin folder
 */
record Bundle(
        String name,
        String title,
        Map<String, BundleFile> files,
        List<String> configs,
        String from,
        Map<String, String> environment,
        List<String> jars,
        Expected expected) {

    /**
     * What is right.
     *
     * @param faults a part of each fault of a configuration that is refused; empty = it starts
     * @param warnings a part of each warning
     * @param logged a part of each further warning that only a running host can give, such as one about its database
     * @param doctor a part of each diagnostic of {@code doctor} that is not well, besides the faults
     */
    record Expected(
            List<String> faults,
            List<String> warnings,
            List<String> logged,
            List<String> doctor,
            Optional<Served> served) {}

    /** The responses to one caller. */
    record Served(CallerToken as, int list, Optional<Integer> create) {}

    static Bundle of(String name, Map<String, Object> tree) {
        BundleTree root = new BundleTree(name, tree);
        BundleTree start = root.object("start");
        BundleTree expect = root.object("expect");
        Bundle bundle = new Bundle(
                name,
                root.text("title"),
                root.map("files", BundleFile::of),
                start.texts("configs"),
                start.optional("from").map(String::valueOf).orElse("."),
                start.map("environment", String::valueOf),
                start.texts("jars"),
                new Expected(
                        expect.texts("faults"),
                        expect.texts("warnings"),
                        expect.texts("logged"),
                        expect.texts("doctor"),
                        expect.optional("serves").map(serves -> served(expect.object("serves")))));
        List.of(start, expect, root).forEach(BundleTree::requireAllRead);
        if (bundle.expected.faults.isEmpty() == bundle.expected.served.isEmpty()) {
            throw new IllegalArgumentException(name + ": expect must have either serves or faults");
        }
        return bundle;
    }

    private static Served served(BundleTree serves) {
        Served served = new Served(
                CallerToken.of(serves.optional("as").orElse("guest")),
                (int) serves.optional("list").orElseThrow(),
                serves.optional("create").map(Integer.class::cast));
        serves.requireAllRead();
        return served;
    }

    @Override
    public String toString() {
        return name + ": " + title;
    }
}
