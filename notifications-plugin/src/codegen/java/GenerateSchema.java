import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/** Makes jOOQ's classes of the plugin's tables, without a server: the migrations run on a temporary SQLite file. */
final class GenerateSchema {

    private static final String PACKAGE = "dev.belfry.notifications.jooq.schema";

    private GenerateSchema() {}

    /** @param args folder of the SQLite migrations, folder of the generated classes */
    public static void main(String[] args) throws Exception {
        Path file = Files.createTempFile("schema", ".sqlite");
        try {
            String url = "jdbc:sqlite:" + file;
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations("filesystem:" + args[0])
                    .load()
                    .migrate();
            GenerationTool.generate(configuration(url, args[1]));
        } finally {
            Files.delete(file);
        }
    }

    private static Configuration configuration(String url, String folder) {
        // SQLite has one kind of integer. All of ours are 64 bits wide but the flag.
        ForcedType wide = new ForcedType()
                .withName("BIGINT")
                .withIncludeExpression(".*\\.(pos|audience)|tally.*\\.(total|read|changes)|claim\\.made|searched\\.doc|audience\\.number|"
                        + "trigram.*\\.(gram|until)|inbox_change\\.(change|made)|change_source\\.erased");
        Database database = new Database()
                .withName("org.jooq.meta.sqlite.SQLiteDatabase")
                .withExcludes("flyway_schema_history|sqlite_.*|folded_text.*")
                .withForcedTypes(wide);
        Generate generate = new Generate()
                .withRecords(false)
                .withRelations(true)
                .withGlobalCatalogReferences(false)
                .withGlobalSchemaReferences(false)
                .withJavadoc(false);
        return new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(new Jdbc().withUrl(url))
                .withGenerator(new Generator()
                        .withDatabase(database)
                        .withGenerate(generate)
                        .withTarget(new Target().withPackageName(PACKAGE).withDirectory(folder)));
    }
}
