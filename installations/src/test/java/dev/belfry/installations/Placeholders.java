package dev.belfry.installations;

import java.nio.file.Path;
import java.util.function.Supplier;

/** What a bundle cannot know: it names it in braces. */
final class Placeholders {

    static final String FOLDER = "{folder}";

    private static final String PORT = "{postgres-port}";
    private static final String DATABASE = "{database}";
    private static final String INTEGRITY = "{integrity}";

    private final Path folder;
    private final Supplier<String> database;

    Placeholders(Bundle bundle, Path folder) {
        this.folder = folder;
        this.database = new Supplier<>() {
            private String name = "";

            @Override
            public String get() {
                if (name.isEmpty()) {
                    name = PostgresServer.shared().newDatabase(bundle.name());
                }
                return name;
            }
        };
    }

    BundleFile.Text in(BundleFile.Text text) {
        return new BundleFile.Text(in(text.content()), text.encoding(), text.line(), text.hasByteOrderMark());
    }

    String in(String text) {
        String replaced = text.replace(FOLDER, folder.toString());
        replaced = replace(
                replaced, PORT, () -> String.valueOf(PostgresServer.shared().port()));
        replaced = replace(replaced, DATABASE, database);
        return replace(replaced, INTEGRITY, PluginJar::integrity);
    }

    private static String replace(String text, String placeholder, Supplier<String> value) {
        return text.contains(placeholder) ? text.replace(placeholder, value.get()) : text;
    }
}
