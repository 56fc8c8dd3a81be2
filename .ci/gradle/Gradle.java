import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.gradle.api.Action;
import org.gradle.api.Project;
import org.gradle.api.Task;
import org.gradle.api.internal.GradleInternal;
import org.gradle.api.plugins.JavaPluginExtension;
import org.gradle.api.tasks.SourceSet;
import org.gradle.api.tasks.compile.JavaCompile;
import org.gradle.api.tasks.testing.Test;
import org.gradle.testfixtures.ProjectBuilder;

/**
 * Stands in for Gradle in the project of a plugin. Gradle's code evaluates the build file, resolves the dependencies and packs the JAR. This
 * program does what ProjectBuilder cannot: it applies the plugins, compiles, copies the resources and starts the tests, with the options of
 * the tasks. Usage: Gradle [--init-script FILE] [-DKEY=VALUE] TASK..., with JAVA_HOME and JUNIT_CONSOLE set.
 */
public class Gradle {

    private static final Pattern PLUGINS = Pattern.compile("(?s)plugins \\{\\R    id 'java'\\R.*?id 'com.gradleup.shadow' .*?\\R}\\R");

    private final Project project;
    private final Path folder = Path.of("").toAbsolutePath();

    private Gradle(Project project) {
        this.project = project;
    }

    public static void main(String[] arguments) {
        int status = 1;
        try {
            Project project = ProjectBuilder.builder()
                    .withName(Path.of("").toAbsolutePath().getFileName().toString())
                    .withProjectDir(new File("").getAbsoluteFile())
                    .withGradleUserHomeDir(new File(System.getProperty("user.home"), ".gradle"))
                    .build();
            new Gradle(project).run(Arrays.asList(arguments));
            status = 0;
        } catch (Exception e) {
            e.printStackTrace();
        }
        // Gradle's threads would keep the JVM.
        System.exit(status);
    }

    private void run(List<String> arguments) throws Exception {
        for (String argument : arguments) {
            if (argument.startsWith("-D")) {
                String[] property = argument.substring(2).split("=", 2);
                System.setProperty(property[0], property[1]);
            }
        }
        int script = arguments.indexOf("--init-script");
        if (script >= 0) {
            GradleInternal gradle = (GradleInternal) project.getGradle();
            gradle.apply(Map.of("from", arguments.get(script + 1)));
            // Runs what the script says about allprojects.
            gradle.getBuildListenerBroadcaster().projectsLoaded(gradle);
        }
        evaluate();
        assemble();
        if (arguments.contains("belfryClassPath")) {
            act("belfryClassPath");
        }
        if (arguments.contains("build")) {
            test();
        }
    }

    private void evaluate() throws IOException {
        project.getPluginManager().apply("java");
        project.getPluginManager().apply("com.gradleup.shadow");
        String build = Files.readString(folder.resolve("build.gradle"));
        String rest = PLUGINS.matcher(build).replaceFirst("");
        if (rest.equals(build)) {
            throw new IllegalStateException("build.gradle does not apply java and com.gradleup.shadow");
        }
        Path script = Files.writeString(Files.createTempFile("build", ".gradle"), rest);
        project.apply(Map.of("from", script.toFile()));
        Files.delete(script);
    }

    private SourceSet sources(String name) {
        return project.getExtensions().getByType(JavaPluginExtension.class).getSourceSets().getByName(name);
    }

    private void assemble() throws IOException, InterruptedException {
        compile("main", "compileJava");
        SourceSet main = sources("main");
        Path resources = main.getOutput().getResourcesDir().toPath();
        for (File file : main.getResources()) {
            Path source = file.toPath();
            Path target = resources.resolve(folder.resolve("src/main/resources").relativize(source));
            Files.createDirectories(target.getParent());
            Files.write(target, Files.readAllBytes(source));
        }
        act("jar");
        act("shadowJar");
    }

    private void act(String name) throws IOException {
        Task task = project.getTasks().getByName(name);
        for (File output : task.getOutputs().getFiles()) {
            Files.createDirectories(output.getParentFile().toPath());
        }
        for (Action<? super Task> action : task.getActions()) {
            action.execute(task);
        }
    }

    private void compile(String sourceSet, String name) throws IOException, InterruptedException {
        JavaCompile task = (JavaCompile) project.getTasks().getByName(name);
        SourceSet sources = sources(sourceSet);
        List<String> command = new ArrayList<>(List.of(
                java("javac", task.getJavaCompiler().get().getMetadata().getLanguageVersion().asInt()),
                "-encoding",
                task.getOptions().getEncoding(),
                "-d",
                sources.getJava().getClassesDirectory().get().toString(),
                "-classpath",
                sources.getCompileClasspath().getAsPath()));
        command.addAll(task.getOptions().getCompilerArgs());
        sources.getJava().forEach(file -> command.add(file.toString()));
        execute(command);
    }

    private void test() throws IOException, InterruptedException {
        compile("test", "compileTestJava");
        Test task = (Test) project.getTasks().getByName("test");
        List<String> command = new ArrayList<>(List.of(java("java", task.getJavaLauncher().get().getMetadata().getLanguageVersion().asInt())));
        command.addAll(task.getAllJvmArgs());
        command.addAll(List.of(
                "-classpath",
                task.getClasspath().getAsPath() + File.pathSeparator + System.getenv("JUNIT_CONSOLE"),
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--disable-banner",
                "--details=summary",
                "--include-classname=.*(Test|IT)",
                "--fail-if-no-tests",
                "--scan-classpath=" + task.getTestClassesDirs().getAsPath()));
        execute(command);
    }

    /** A tool of the JDK for which the build asks. */
    private static String java(String tool, int version) {
        if (version != 25) {
            throw new IllegalStateException("the build asks for Java " + version);
        }
        return Path.of(System.getenv("JAVA_HOME"), "bin", tool).toString();
    }

    private static void execute(List<String> command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }
}
