package dev.belfry.host.database;

import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The schemas of PostgreSQL in which the tables of a plugin can be.
 *
 * @param own for new installations: no other application creates tables there
 * @param earlier where versions before 0.2 created the tables
 * @param others where Backstage, which reads the same configuration, has its tables
 */
record SchemaNames(String own, String earlier, Set<String> others) {

    private static final String BELFRY = "belfry";
    private static final String PUBLIC = "public";

    static SchemaNames of(Postgres settings, String pluginId) {
        if (settings.division() == Division.DATABASE) {
            return new SchemaNames(BELFRY, PUBLIC, Set.of(PUBLIC));
        }
        String name = settings.prefix() + pluginId;
        // Backstage names a schema by the plugin alone.
        Set<String> others = new LinkedHashSet<>(List.of(name, pluginId));
        return new SchemaNames(name + "_" + BELFRY, name, others);
    }

    /** Whether no other application has tables in a schema of this name. */
    static boolean isOwn(String schema) {
        return schema.endsWith(BELFRY);
    }

    /** Whether no other application has its tables in the schema of earlier versions. */
    boolean isEarlierUnshared() {
        return !PUBLIC.equals(earlier) && others.size() > 1;
    }
}
