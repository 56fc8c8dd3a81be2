import com.google.javascript.jscomp.CheckLevel;
import com.google.javascript.jscomp.CompilationLevel;
import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.CompilerOptions.LanguageMode;
import com.google.javascript.jscomp.DependencyOptions;
import com.google.javascript.jscomp.DiagnosticGroups;
import com.google.javascript.jscomp.ModuleIdentifier;
import com.google.javascript.jscomp.Result;
import com.google.javascript.jscomp.SourceFile;
import com.google.javascript.jscomp.WarningLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Bundles and minifies the front end: {@code java -classpath closure-compiler.jar BuildFrontEnd.java SOURCES LIBRARIES OUTPUT}. It writes the
 * folders {@code page} and {@code elements}, with a hash in the name of each script and style, and fails if a bundle exceeds its size.
 */
class BuildFrontEnd {

    private static final int PAGE_LIMIT = 40 * 1024;
    private static final int ELEMENTS_LIMIT = 25 * 1024;

    private static final Pattern TEMPLATE_LINES = Pattern.compile("\\n[ \\t]+");
    private static final Pattern CSS_TEMPLATE = Pattern.compile("css`([^`]*)`");

    private static final Pattern TEXT_KEY = Pattern.compile("(?m)^ {2}(\\w+):");

    private static final String LIBRARIES = "/lib/";
    private static final Pattern BARE_IMPORT = Pattern.compile("(\\b(?:from|import)\\s*[\"'])([@a-z][^\"']*)([\"'])");
    private static final Map<String, String> MAIN_MODULES =
            Map.of("lit-html", "lit-html/lit-html.js", "@lit/reactive-element", "@lit/reactive-element/reactive-element.js");

    private final Path sources;
    private final Path libraries;
    private final Path output;

    BuildFrontEnd(Path sources, Path libraries, Path output) {
        this.sources = sources;
        this.libraries = libraries;
        this.output = output;
    }

    public static void main(String[] arguments) throws Exception {
        new BuildFrontEnd(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2])).run();
    }

    private void run() throws Exception {
        requireEqualTexts();
        page(output.resolve("page"));
        elements(output.resolve("elements"));
    }

    private void page(Path folder) throws Exception {
        clear(folder);
        Map<String, String> names = new TreeMap<>();
        String script = bundle("page.js");
        String style = minifiedCss(Files.readString(sources.resolve("page.css")));
        names.put("page.js", writeHashed(folder, "page.js", script));
        names.put("page.css", writeHashed(folder, "page.css", style));
        for (Path icon : files(sources.resolve("icons"))) {
            String name = icon.getFileName().toString();
            names.put(name, writeHashed(folder, name, Files.readString(icon)));
        }
        String page = withHashedNames(Files.readString(sources.resolve("page.html")), names);
        Files.writeString(folder.resolve("example.html"), withHashedNames(Files.readString(sources.resolve("example.html")), names));
        // The host serves a file of a page only as that page, so that the page of one notification is a second file.
        Files.writeString(folder.resolve("index.html"), page);
        Files.writeString(folder.resolve("notification.html"), page);
        requireSize("page", compressed(script).length + compressed(style).length, PAGE_LIMIT);
    }

    private void elements(Path folder) throws Exception {
        clear(folder);
        String script = bundle("elements.js");
        String name = writeHashed(folder, "elements.js", script);
        Files.copy(sources.resolve("elements.d.ts"), folder.resolve("elements.d.ts"));
        Files.writeString(folder.resolve("elements.js"), "import './" + name + "';\n");
        requireSize("elements", compressed(script).length, ELEMENTS_LIMIT);
    }

    private String bundle(String entry) throws IOException {
        List<SourceFile> inputs = new ArrayList<>();
        for (Path file : files(sources)) {
            if (file.toString().endsWith(".js")) {
                inputs.add(source("/app/" + sources.relativize(file).toString().replace('\\', '/'), minifiedTemplates(Files.readString(file))));
            }
        }
        library(inputs, "lit-html", "lit-html.js", "directives/repeat.js", "directive.js", "directive-helpers.js", "directives/class-map.js",
                "directives/live.js", "directives/if-defined.js");
        library(inputs, "lit-element", "lit-element.js");
        library(inputs, "@lit/reactive-element", "reactive-element.js", "css-tag.js");

        CompilerOptions options = new CompilerOptions();
        CompilationLevel.SIMPLE_OPTIMIZATIONS.setOptionsForCompilationLevel(options);
        CompilationLevel.SIMPLE_OPTIMIZATIONS.setWrappedOutputOptimizations(options);
        WarningLevel.QUIET.setOptionsForWarningLevel(options);
        options.setLanguageIn(LanguageMode.UNSTABLE);
        options.setLanguageOut(LanguageMode.UNSTABLE);
        options.setWarningLevel(DiagnosticGroups.UNDEFINED_VARIABLES, CheckLevel.OFF);
        options.setWarningLevel(DiagnosticGroups.MODULE_LOAD, CheckLevel.ERROR);
        options.setDependencyOptions(DependencyOptions.pruneForEntryPoints(List.of(ModuleIdentifier.forFile("/app/" + entry))));
        options.setOutputCharset(StandardCharsets.UTF_8);

        Compiler compiler = new Compiler(System.err);
        Result result = compiler.compile(List.of(), inputs, options);
        if (!result.success) {
            throw new IllegalStateException("the front end does not compile: see the errors above");
        }
        // Modules know their address; the bundle is a function in a module.
        return "(()=>{const SCRIPT_URL=import.meta.url;" + compiler.toSource() + "})();\n";
    }

    /** Closure resolves paths alone, so names of libraries become paths. */
    private static SourceFile source(String path, String text) {
        String resolved = BARE_IMPORT.matcher(text).replaceAll(match -> {
            String module = match.group(2);
            return match.group(1) + LIBRARIES + MAIN_MODULES.getOrDefault(module, module) + match.group(3);
        });
        return SourceFile.fromCode(path, resolved);
    }

    private void library(List<SourceFile> inputs, String name, String... files) throws IOException {
        String webjar = name.replace("@", "").replace("/", "__");
        Path folder = libraries.resolve(webjar);
        Path version = only(folder);
        for (String file : files) {
            inputs.add(source(LIBRARIES + name + "/" + file, Files.readString(version.resolve(file))));
        }
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.reduce((one, other) -> {
                        throw new IllegalStateException("several versions in " + folder);
                    })
                    .orElseThrow();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String minifiedTemplates(String script) {
        String withoutIndents = CSS_TEMPLATE.matcher(script).replaceAll(match -> java.util.regex.Matcher.quoteReplacement("css`"
                + minifiedCss(match.group(1)) + "`"));
        return TEMPLATE_LINES.matcher(withoutIndents).replaceAll("\n");
    }

    private static String minifiedCss(String css) {
        return css.replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([{};,>]) ?", "$1")
                .replaceAll(": ", ":")
                .replace(";}", "}")
                .trim();
    }

    private static String withHashedNames(String text, Map<String, String> names) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            result = result.replace('"' + name.getKey() + '"', '"' + name.getValue() + '"');
        }
        return result;
    }

    /** Writes the file and its compressed form, and returns its name. */
    private static String writeHashed(Path folder, String name, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int dot = name.lastIndexOf('.');
        String hashed = name.substring(0, dot) + "-" + hash(bytes) + name.substring(dot);
        Files.write(folder.resolve(hashed), bytes);
        Files.write(folder.resolve(hashed + ".gz"), compressed(text));
        return hashed;
    }

    /** The host takes a name for immutable if its hash has a letter and a digit. */
    private static String hash(byte[] bytes) throws Exception {
        String hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        return Stream.iterate(0, begin -> begin + 1)
                .map(begin -> hex.substring(begin, begin + 12))
                .filter(part -> part.matches(".*[a-f].*") && part.matches(".*[0-9].*"))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** A text that a language lacks would end the page. */
    private void requireEqualTexts() throws IOException {
        Map<String, String> first = new TreeMap<>();
        for (Path file : files(sources.resolve("texts"))) {
            String text = Files.readString(file);
            if (!text.startsWith("export default {")) {
                continue;
            }
            String keys = String.join(", ", TEXT_KEY.matcher(text).results().map(match -> match.group(1)).sorted().toList());
            first.putIfAbsent(keys, file.getFileName().toString());
            if (first.size() > 1) {
                throw new IllegalStateException("languages have different texts: " + first);
            }
        }
    }

    private static void requireSize(String what, int size, int limit) {
        System.out.println("front end: " + what + " has " + size + " bytes compressed, limit " + limit);
        if (size > limit) {
            throw new IllegalStateException("the front end is too large: " + what + " has " + size + " bytes compressed, the limit is " + limit);
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            for (Path file : files(folder)) {
                Files.delete(file);
            }
        }
        Files.createDirectories(folder);
    }
}
