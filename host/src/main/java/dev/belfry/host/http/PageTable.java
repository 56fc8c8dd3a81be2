package dev.belfry.host.http;

import dev.belfry.host.assets.Asset;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pages and files of one mount.
 *
 * @param literal pages by their path
 * @param files by name
 * @param parametric pages whose path has parameters, in the order of their declaration
 * @param notFound what is shown in place of something that does not exist
 */
record PageTable(
        String mount,
        Map<String, PageTarget.Document> literal,
        Map<String, PageTarget.Document> files,
        List<Parametric> parametric,
        Optional<PageTarget.Document> notFound) {

    record Parametric(PagePath path, PageTarget.Document page) {}

    /**
     * @param assets of the declared folder, by name
     * @throws IllegalArgumentException when a file of a page is missing
     */
    static PageTable of(String mount, PluginPages declared, Map<String, Asset> assets) {
        Map<String, PageTarget.Document> literal = new HashMap<>();
        List<Parametric> parametric = new ArrayList<>();
        Set<String> shown = new HashSet<>(declared.notFound().stream().toList());
        declared.pages().forEach((path, page) -> {
            Asset asset = required(assets, page.file(), mount, declared);
            PageTarget.Document document = PageTarget.Document.page(asset, mount + path.text(), page);
            shown.add(page.file());
            if (path.hasParameters()) {
                parametric.add(new Parametric(path, document));
            } else {
                literal.put(path.text(), document);
            }
        });
        String rest = mount + "/*";
        Map<String, PageTarget.Document> files = new HashMap<>();
        assets.forEach((name, asset) -> files.put(name, PageTarget.Document.file(name, asset, rest, declared)));
        files.keySet().removeAll(shown);
        return new PageTable(
                mount,
                Map.copyOf(literal),
                Map.copyOf(files),
                List.copyOf(parametric),
                declared.notFound()
                        .map(file -> PageTarget.Document.notFound(
                                required(assets, file, mount, declared), rest, declared.policy())));
    }

    private static Asset required(Map<String, Asset> assets, String file, String mount, PluginPages declared) {
        return Optional.ofNullable(assets.get(file))
                .orElseThrow(() -> new IllegalArgumentException("the file '"
                        + declared.files().folder() + "/" + file + "' of the pages at '" + mount
                        + "' is not in the plugin's JAR"));
    }

    /** @param path raw, below the mount; empty = the mount without a slash at its end */
    Optional<PageTarget> find(String path) {
        Optional<PageTarget> found = path.isEmpty()
                ? page("/").map(page -> new PageTarget.Redirect(mount + "/", page.route()))
                : existing(path).<PageTarget>map(document -> document).or(() -> withoutSlash(path));
        return found.or(() -> notFound);
    }

    private Optional<PageTarget.Document> existing(String path) {
        return page(path)
                .or(() -> Optional.ofNullable(files.get(decoded(path.substring(1)))))
                .or(() -> parametric.stream()
                        .filter(each -> each.path().matches(path))
                        .map(Parametric::page)
                        .findFirst());
    }

    private Optional<PageTarget.Document> page(String path) {
        return Optional.ofNullable(literal.get(path));
    }

    private Optional<PageTarget> withoutSlash(String path) {
        String shorter = path.substring(0, path.length() - 1);
        return path.endsWith("/") && !shorter.isEmpty()
                ? existing(shorter).map(page -> new PageTarget.Redirect(mount + shorter, page.route()))
                : Optional.empty();
    }

    /** Only names in the table exist, so decoding cannot lead out of the folder. */
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return path;
        }
    }
}
