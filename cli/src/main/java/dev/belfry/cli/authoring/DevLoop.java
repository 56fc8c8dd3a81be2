package dev.belfry.cli.authoring;

import dev.belfry.host.files.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds a plugin's project at each save, and drops the JAR into the plugin folder of a host. */
public final class DevLoop {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Path folder;
    private final PluginProject project;
    private final Path work;
    private final Path dropped;
    private final QuickBuild quickBuild;
    private final Consumer<String> say;

    /**
     * @param folder the project's folder
     * @param say receives the messages for the author
     */
    public DevLoop(Path folder, Consumer<String> say) {
        this.folder = folder;
        this.project = new PluginProject(folder);
        this.work = project.work();
        this.dropped = dropFolder().resolve("plugin.jar");
        this.quickBuild = new QuickBuild(project, work.resolve("classes"));
        this.say = say;
    }

    /** The plugin folder of the host. */
    public Path dropFolder() {
        return work.resolve("plugins");
    }

    /** The author's own configuration, which need not exist. */
    public Path config() {
        return folder.resolve("app-config.yaml");
    }

    /**
     * Reserves the folder for this process, before anything in it changes.
     *
     * @throws BuildFailed when it is no project, or another process has it
     */
    public ProcessLock lock() throws IOException, BuildFailed {
        if (project.buildFiles().isEmpty()) {
            throw new BuildFailed("there is no pom.xml and no build.gradle in " + folder
                    + ": call it in the folder of a plugin's project");
        }
        Files.createDirectories(work);
        return ProcessLock.tryAcquire(work.resolve("dev.lock"))
                .orElseThrow(
                        () -> new BuildFailed("./belfry dev already runs in this folder: stop it first, or use it"));
    }

    /** The first build, with the build tool. */
    public void build() throws IOException, InterruptedException, BuildFailed {
        project.build();
        Files.createDirectories(dropFolder());
        for (Path dependency : project.pluginsOnClassPath()) {
            drop(dependency, dropFolder().resolve(dependency.getFileName()));
        }
        drop(project.jar(), dropped);
    }

    private static void drop(Path jar, Path target) throws IOException {
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Watches and builds until the thread is interrupted.
     *
     * @param configChanged called when the author's configuration is new, changed or gone
     * @param watch called again and again
     */
    public void run(Runnable configChanged, Runnable watch) throws IOException {
        Map<Path, FileTime> before = look();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(INTERVAL);
                watch.run();
                Map<Path, FileTime> now = look();
                if (!now.equals(before)) {
                    Optional<Path> buildFile = changedBuildFile(before, now);
                    boolean isConfigured = !Objects.equals(now.get(config()), before.get(config()));
                    boolean isChanged = !withoutConfig(now).equals(withoutConfig(before));
                    before = now;
                    if (isConfigured) {
                        configChanged.run();
                    }
                    if (isChanged) {
                        rebuild(buildFile);
                    }
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Optional<Path> changedBuildFile(Map<Path, FileTime> before, Map<Path, FileTime> now) {
        return project.buildFiles().stream()
                .filter(file -> !Objects.equals(now.get(file), before.get(file)))
                .findFirst();
    }

    private Map<Path, FileTime> withoutConfig(Map<Path, FileTime> times) {
        Map<Path, FileTime> others = new LinkedHashMap<>(times);
        others.remove(config());
        return others;
    }

    private void rebuild(Optional<Path> changedBuildFile) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try {
            Optional<String> whyBuildTool = changedBuildFile.isPresent()
                    ? Optional.of(changedBuildFile.get().getFileName() + " has changed")
                    : project.needsBuildTool();
            if (whyBuildTool.isPresent()) {
                say.accept("building  with " + project.buildTool() + ": " + whyBuildTool.get());
                build();
            } else {
                quickBuild.build(dropped);
            }
            say.accept("built     in "
                    + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
        } catch (BuildFailed failed) {
            say.accept(String.valueOf(failed.getMessage()).strip());
            say.accept("kept      the previous version keeps running");
        }
    }

    private Map<Path, FileTime> look() throws IOException {
        Map<Path, FileTime> times = new LinkedHashMap<>();
        for (Path file : project.buildFiles()) {
            times.put(file, timeOf(file));
        }
        if (Files.exists(config())) {
            times.put(config(), timeOf(config()));
        }
        for (Path sources : List.of(project.sources(), project.kotlinSources(), project.resources())) {
            for (Path file : PluginProject.filesIn(sources)) {
                times.put(file, timeOf(file));
            }
        }
        return times;
    }

    private static FileTime timeOf(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // An editor is replacing the file: the next pass finds it.
            return FileTime.fromMillis(0);
        }
    }
}
