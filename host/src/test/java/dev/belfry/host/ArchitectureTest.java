package dev.belfry.host;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The architecture rules. Each rule first asserts that it checks something. */
class ArchitectureTest {

    private static final String HOST = "dev.belfry.host";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOST);

    /** The only package that may use each library. */
    private static final Map<String, String> LIBRARIES = Map.ofEntries(
            Map.entry("org.pf4j..", "pf4j"),
            Map.entry("com.nimbusds.oauth2..", "oidc"),
            Map.entry("com.nimbusds.openid..", "oidc"),
            Map.entry("org.casbin..", "casbin"),
            Map.entry("org.apache.commons.csv..", "casbin"),
            Map.entry("org.flywaydb..", "database"),
            Map.entry("com.zaxxer..", "database"),
            Map.entry("jakarta.servlet..", "http"),
            Map.entry("com.github.kagkarlsson..", "tasks"),
            Map.entry("com.networknt..", "schema"),
            Map.entry("shark..", "leak"));

    /** Names that the host once had and that are not words of the field. */
    private static final Set<String> RETIRED_NAMES = Set.of(
            "AddressEnd",
            "Breach",
            "Breaches",
            "CallerFolder",
            "Callers",
            "Carriers",
            "ClientGone",
            "ClientPace",
            "ConnectionWatch",
            "CrossOrigin",
            "DataLock",
            "Deadline",
            "Endings",
            "ErrorAnswers",
            "Examination",
            "Exchange",
            "Exercise",
            "Faults",
            "FileKeys",
            "FileSignature",
            "Finding",
            "Guard",
            "Hold",
            "HolderSearch",
            "Internals",
            "KeyEntries",
            "Leases",
            "Ledger",
            "Links",
            "LogRation",
            "LogText",
            "Logs",
            "LookupNeeded",
            "Members",
            "Merge",
            "NearName",
            "Offer",
            "Offers",
            "OrdinaryFile",
            "Origin",
            "Output",
            "Owner",
            "OwnerOnly",
            "PacedOutput",
            "PageRules",
            "Permit",
            "PermittedTasks",
            "PluginInsight",
            "PluginSurface",
            "PluginView",
            "PoolerFault",
            "Pools",
            "PoolsFactory",
            "ProvenTokens",
            "QueryRules",
            "Reasons",
            "ReceivedBody",
            "Refresh",
            "RemoteKeys",
            "RequestHolds",
            "RequestRate",
            "Retries",
            "Run",
            "Running",
            "Secrecy",
            "Serving",
            "SqliteLimit",
            "StatementLimit",
            "Stopping",
            "Surface",
            "SurfaceApp",
            "SurfaceFactory",
            "Sweep",
            "TakenJar",
            "ThreadSweep",
            "TimeConverter",
            "TimedRows",
            "Timing",
            "TokenCheck",
            "TooManyWaits",
            "TrainingGround",
            "Trouble",
            "Trust",
            "Trusts",
            "Wiring",
            "WorkTime");

    /** A file is a top-level class with its nested ones. */
    private static final SliceAssignment FILES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getName().replaceFirst("\\$.*", ""));
        }

        @Override
        public String getDescription() {
            return "files";
        }
    };

    private static List<JavaClass> in(String room) {
        List<JavaClass> found = CLASSES.stream()
                .filter(type -> (type.getPackageName() + ".").startsWith(HOST + "." + room + "."))
                .toList();
        assertThat(found).as("classes of " + room).hasSizeGreaterThan(1);
        return found;
    }

    @Test
    void packagesAreFreeOfCycles() {
        assertThat(CLASSES).hasSizeGreaterThan(100);
        slices().matching(HOST + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "settings"})
    void filesOfTheConfigurationAreFreeOfCycles(String room) {
        slices().assignedFrom(FILES).should().beFreeOfCycles().check(CLASSES.that(resideInAPackage(HOST + "." + room)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lifecycle", "access", "directory"})
    void coresDependOnNoFramework(String core) {
        assertThat(in(core)).isNotEmpty();
        classes()
                .that()
                .resideInAPackage(HOST + "." + core + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "dev.belfry.api..", HOST + "." + core + "..", "org.slf4j..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void eachLibraryIsUsedInOnePackage() {
        LIBRARIES.forEach((library, room) -> {
            assertThat(in(room)).isNotEmpty();
            noClasses()
                    .that(not(resideInAPackage(HOST + "." + room + "..")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(library)
                    .check(CLASSES);
        });
    }

    /** The host's own tokens and the tokens of OpenID providers have separate adapters. */
    @Test
    void tokensAreReadByTheTwoAdaptersOfIdentity() {
        noClasses()
                .that(not(resideInAPackage(HOST + ".nimbus..")))
                .and(not(resideInAPackage(HOST + ".oidc..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.nimbusds..")
                .check(CLASSES);
    }

    /** Its server and its client are two adapters. */
    @Test
    void jettyIsUsedByTheServerAndTheClient() {
        noClasses()
                .that(not(resideInAPackage(HOST + ".http..")))
                .and(not(resideInAPackage(HOST + ".outgoing..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    /** An application hands in its OpenTelemetry at the builder. */
    @Test
    void openTelemetryIsUsedByTheTracingAndTheBuilder() {
        assertThat(in("tracing")).isNotEmpty();
        noClasses()
                .that(not(resideInAPackage(HOST + ".tracing..")))
                .and()
                .doNotHaveFullyQualifiedName(BelfryBuilder.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"outgoing", "pf4j", "nimbus", "oidc", "casbin", "catalog", "http", "database"})
    void anAdapterHasOnePublicType(String room) {
        List<String> doors = in(room).stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.isNestedClass())
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .toList();

        assertThat(doors).as("public types of " + room).hasSize(1);
    }

    /** The binder knows no section of the host: plugins and the host are bound alike. */
    @Test
    void theConfigurationKnowsNoSettings() {
        assertThat(in("config")).isNotEmpty();
        assertThat(in("settings")).isNotEmpty();
        noClasses()
                .that()
                .resideInAPackage(HOST + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HOST + ".settings..", HOST + ".schema..")
                .check(CLASSES);
    }

    @Test
    void theHostDependsOnNoPlugin() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.belfry.notifications..", "dev.belfry.plugins..")
                .check(CLASSES);
    }

    /** The names of sections that Backstage owns are no names of plugins. */
    @Test
    void theHostNamesNoPlugin() throws IOException {
        Pattern literal = Pattern.compile("\"(notifications|inbox|hello|catalog-(ldap|keycloak|scim))\"");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();

            assertThat(sources).hasSizeGreaterThan(300);
            assertThat(sources)
                    .filteredOn(file -> !file.endsWith("BackstageSections.java"))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(literal));
        }
    }

    @Test
    void anEmbeddingApplicationGetsNoCommandLine() {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName("picocli.CommandLine"));
    }

    @Test
    void noPartUsesTheComposition() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HOST)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(Belfry.class.getName())
                .check(CLASSES);
    }

    @Test
    void retiredNamesDoNotComeBack() {
        List<String> names = CLASSES.stream().map(JavaClass::getSimpleName).toList();

        assertThat(names).hasSizeGreaterThan(200).contains("RequestContext", "InFlightRequests", "TokenIssuer");
        assertThat(names).doesNotContainAnyElementsOf(RETIRED_NAMES);
    }
}
