using System.Text;

namespace Ipcscope.Wire;

/// <summary>Reads the fields of a protobuf message one by one; what is of no interest is skipped.</summary>
/// <param name="message">The message.</param>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;
    private int _type = -1;

    /// <summary>The number of the field that <see cref="Next"/> has come to.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field, past the value of the one before if that was not read; false at the end.</summary>
    /// <exception cref="InvalidDataException">This is no message.</exception>
    public bool Next()
    {
        Skip();
        if (_position == _message.Length)
        {
            return false;
        }
        ulong tag = Raw();
        (Field, _type) = ((int)(tag >> 3), (int)(tag & 7));
        return Field > 0 ? true : throw Broken();
    }

    /// <summary>The value of an integer.</summary>
    public ulong Number()
    {
        Expect(0);
        return Raw();
    }

    /// <summary>The value of a text, bytes or nested message.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        Expect(2);
        ulong length = Raw();
        return Take(length);
    }

    /// <summary>The value of a text.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    private void Skip()
    {
        switch (_type)
        {
            case -1: return;
            case 0: _ = Raw(); break;
            case 1: _ = Take(8); break;
            case 2: _ = Take(Raw()); break;
            case 5: _ = Take(4); break;
            default: throw Broken();
        }
        _type = -1;
    }

    private void Expect(int type)
    {
        if (_type != type)
        {
            throw Broken();
        }
        _type = -1;
    }

    private ulong Raw()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
        throw Broken();
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_message.Length - _position))
        {
            throw Broken();
        }
        ReadOnlySpan<byte> taken = _message.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private static InvalidDataException Broken() => new("this is no protobuf message");
}
