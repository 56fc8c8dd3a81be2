package dev.belfry.host.description;

import dev.belfry.api.PluginContext;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.net.URL;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The ports for which a plugin's classes ask with a constant name: {@code context.port("storage", Store.class, ...)}. */
public final class RequestedPorts {

    private static final String CONTEXT = PluginContext.class.getName().replace('.', '/');
    private static final String METHOD = "port";

    private final SortedMap<String, String> types = new TreeMap<>();
    private boolean isComplete = true;

    private RequestedPorts() {}

    /**
     * @param location a JAR or a folder of classes
     * @return the name of the type of each port; empty if the name of a port is not a constant, so that it is known only when the plugin runs
     */
    public static Optional<SortedMap<String, String>> in(URL location) throws IOException {
        RequestedPorts ports = new RequestedPorts();
        ClassFiles.read(location, file -> ports.add(ClassFile.of().parse(file)));
        return ports.isComplete ? Optional.of(ports.types) : Optional.empty();
    }

    private void add(ClassModel type) {
        boolean calls =
                StreamSupport.stream(type.constantPool().spliterator(), false).anyMatch(RequestedPorts::isPort);
        if (calls) {
            type.methods().forEach(this::add);
        }
    }

    private static boolean isPort(PoolEntry entry) {
        return entry instanceof MemberRefEntry member
                && member.name().equalsString(METHOD)
                && member.owner().asInternalName().equals(CONTEXT);
    }

    /** Compilers load the name and the type one after the other; the supplier and the call follow. */
    private void add(MethodModel method) {
        @Nullable String loaded = null;
        @Nullable String name = null;
        @Nullable String type = null;
        for (Instruction instruction : method.code().stream()
                .flatMap(code -> code.elementStream())
                .filter(Instruction.class::isInstance)
                .map(Instruction.class::cast)
                .toList()) {
            if (instruction instanceof InvokeInstruction call && isPort(call.method())) {
                isComplete &= name != null;
                if (name != null && type != null) {
                    types.put(name, type);
                }
                name = null;
            }
            PoolEntry constant = instruction instanceof LoadConstantInstruction load ? load.constantEntry() : null;
            if (constant instanceof ClassEntry loadedType && loaded != null) {
                name = loaded;
                type = loadedType.asInternalName().replace('/', '.');
            }
            loaded = constant instanceof StringEntry text ? text.stringValue() : null;
        }
    }
}
