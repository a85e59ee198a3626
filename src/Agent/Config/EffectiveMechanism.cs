using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Ipcscope.Config;

/// <summary>A key below <c>mechanisms</c>.</summary>
[YamlSerializable]
internal sealed class EffectiveMechanism
{
    /// <summary>Whether it is observed.</summary>
    public bool Enabled { get; set; }

    /// <summary>Whether within a process, too; null: the mechanism has no such switch.</summary>
    public bool? Private { get; set; }

    /// <summary>Whether the volume touched is sampled; null: the mechanism has no such switch.</summary>
    public bool? SampleVolume { get; set; }
}

/// <summary>Writes one: a word where there is nothing else to say, keys where there is.</summary>
internal sealed class MechanismWriter : IYamlTypeConverter
{
    /// <inheritdoc/>
    public bool Accepts(Type type) => type == typeof(EffectiveMechanism);

    /// <inheritdoc/>
    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer)
    {
        var mechanism = (EffectiveMechanism)value!;
        (string second, bool? on) = mechanism.Private is { } inside ? ("private", inside) : ("sampleVolume", mechanism.SampleVolume);
        if (on is null)
        {
            emitter.Emit(new Scalar(Word(mechanism.Enabled)));
            return;
        }
        emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Flow));
        emitter.Emit(new Scalar(Setting<AgentOptions>.OwnName));
        emitter.Emit(new Scalar(Word(mechanism.Enabled)));
        emitter.Emit(new Scalar(second));
        emitter.Emit(new Scalar(Word(on.Value)));
        emitter.Emit(new MappingEnd());
    }

    private static string Word(bool on) => on ? "true" : "false";
}
