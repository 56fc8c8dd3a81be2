package dev.belfry.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What plugins can see, as a listing. A change of it is a decision: take it over by running this test with
 * {@code -Dapi.update=true}, and say why in the commit.
 */
class PublicSurfaceTest {

    private static final Path LISTING = Path.of("api.txt");

    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.belfry.api");

    @Test
    void isAsListed() throws IOException {
        List<String> now = API.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .flatMap(PublicSurfaceTest::describe)
                .toList();
        if (Boolean.getBoolean("api.update")) {
            Files.write(LISTING, now);
        }

        assertThat(now).hasSizeGreaterThan(50).isEqualTo(Files.readAllLines(LISTING));
    }

    private static Stream<String> describe(JavaClass type) {
        Stream<String> members = Stream.concat(type.getMethods().stream(), type.getConstructors().stream())
                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
                .map(PublicSurfaceTest::describe)
                .sorted();
        Stream<String> constants = type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                .map(field -> "    " + field.getRawType().getName() + " " + field.getName())
                .sorted();
        return Stream.concat(Stream.of(type.getName()), Stream.concat(constants, members));
    }

    private static String describe(JavaMember member) {
        String full = member.getFullName();
        String name = full.substring(member.getOwner().getName().length() + 1);
        return "    " + name
                + (member instanceof com.tngtech.archunit.core.domain.JavaMethod method
                        ? ": " + method.getRawReturnType().getName()
                                + method.getExceptionTypes().stream()
                                        .map(thrown -> " throws " + thrown.getName())
                                        .collect(Collectors.joining())
                        : "");
    }

    /** Decision 31 says why each is a record. Others would break their users when they grow. */
    @Test
    void recordsAreThoseThatMayBe() {
        assertThat(API.stream().filter(JavaClass::isRecord).map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "EntityRef", "Permission", "AccessRestriction", "SharedSecret", "RetryPolicy");
    }

    @Test
    void javalinAppearsInOnePackageAlone() {
        assertThat(API.containPackage("dev.belfry.api.web")).isTrue();
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.belfry.api.web")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.javalin..")
                .check(API);
    }

    @Test
    void noFrameworkAppearsInASignature() {
        DescribedPredicate<JavaClass> foreign = new DescribedPredicate<>("a foreign framework") {
            @Override
            public boolean test(JavaClass type) {
                return Stream.of(
                                "org.jooq",
                                "org.pf4j",
                                "org.flywaydb",
                                "com.nimbusds",
                                "com.fasterxml.jackson.databind")
                        .anyMatch(library -> type.getPackageName().startsWith(library));
            }
        };
        noClasses().should().dependOnClassesThat(foreign).check(API);
    }
}
