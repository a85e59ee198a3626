namespace Ipcscope.Bpf;

/// <summary>A map, borrowed from its object.</summary>
/// <param name="handle">Of libbpf.</param>
/// <param name="name">Its name in C.</param>
/// <param name="requests">Through which it is asked; null: through bpf(2).</param>
internal readonly unsafe struct BpfMap(nint handle, string name, MapRequests? requests)
{
    private const ulong Any = 0; // BPF_ANY

    /// <summary>Its descriptor once loaded.</summary>
    internal int Fd => LibBpf.bpf_map__fd(handle);

    /// <summary>How many entries it will have; before loading.</summary>
    internal void SetMaxEntries(uint entries)
    {
        int result = LibBpf.bpf_map__set_max_entries(handle, entries);
        if (result < 0)
        {
            throw new BpfException($"size map {name}", -result, LibBpfLog.Take());
        }
    }

    /// <summary>The memory of a map of global variables: before loading its initial value, after it the kernel's own.</summary>
    internal Span<byte> GlobalData()
    {
        nuint size;
        void* data = LibBpf.bpf_map__initial_value(handle, &size);
        return new Span<byte>(data, (int)size);
    }

    /// <summary>Sets an entry.</summary>
    /// <exception cref="BpfException">The map is full, or the kernel refused.</exception>
    internal void Update<TKey, TValue>(in TKey key, in TValue value)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        if (requests is not null)
        {
            Check(requests.Update(name, MapRequests.AsBytes(key), MapRequests.AsBytes(value)));
            return;
        }
        fixed (TKey* keyPointer = &key)
        fixed (TValue* valuePointer = &value)
        {
            Check(LibBpf.bpf_map_update_elem(Fd, keyPointer, valuePointer, Any));
        }
    }

    /// <summary>Adds a value to a stack or queue, which has no keys.</summary>
    internal void Push<TValue>(in TValue value)
        where TValue : unmanaged
    {
        if (requests is not null)
        {
            Check(requests.Update(name, [], MapRequests.AsBytes(value)));
            return;
        }
        fixed (TValue* pointer = &value)
        {
            Check(LibBpf.bpf_map_update_elem(Fd, null, pointer, Any));
        }
    }

    /// <summary>Reads an entry; false if there is none.</summary>
    internal bool TryLookup<TKey, TValue>(in TKey key, out TValue value)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        if (requests is not null)
        {
            return requests.TryLookup(name, key, out value);
        }
        fixed (TKey* keyPointer = &key)
        fixed (TValue* valuePointer = &value)
        {
            value = default;
            return LibBpf.bpf_map_lookup_elem(Fd, keyPointer, valuePointer) == 0;
        }
    }

    /// <summary>Removes an entry; false if there was none.</summary>
    internal bool Delete<TKey>(in TKey key)
        where TKey : unmanaged
    {
        if (requests is not null)
        {
            return requests.Delete(name, key);
        }
        fixed (TKey* pointer = &key)
        {
            return LibBpf.bpf_map_delete_elem(Fd, pointer) == 0;
        }
    }

    /// <summary>All keys, as far as they stay while being listed.</summary>
    internal List<TKey> Keys<TKey>()
        where TKey : unmanaged
    {
        List<TKey> keys = [];
        TKey key = default, next;
        for (TKey* previous = null; LibBpf.bpf_map_get_next_key(Fd, previous, &next) == 0; previous = &key)
        {
            key = next;
            keys.Add(key);
        }
        return keys;
    }

    private void Check(int result)
    {
        if (result < 0)
        {
            throw new BpfException($"update map {name}", -result, "");
        }
    }
}
