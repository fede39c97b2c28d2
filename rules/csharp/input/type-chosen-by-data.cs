using System.Runtime.Serialization;
using System.Runtime.Serialization.Formatters.Binary;
using Newtonsoft.Json;

class Messages
{
    void Read(Stream stream, string text, JsonSerializerSettings settings)
    {
        // ruleid: type-chosen-by-data
        var a = new BinaryFormatter().Deserialize(stream);
        // ruleid: type-chosen-by-data
        BinaryFormatter b = new BinaryFormatter();
        // ruleid: type-chosen-by-data
        var c = new NetDataContractSerializer();
        // ruleid: type-chosen-by-data
        settings.TypeNameHandling = TypeNameHandling.All;
        // ruleid: type-chosen-by-data
        var d = JsonConvert.DeserializeObject(text, new JsonSerializerSettings { TypeNameHandling = TypeNameHandling.Auto });
        // ok: type-chosen-by-data
        settings.TypeNameHandling = TypeNameHandling.None;
        // ok: type-chosen-by-data
        var e = JsonConvert.DeserializeObject<Order>(text);
        // ok: type-chosen-by-data
        var f = JsonSerializer.Deserialize<Order>(stream);
        // ok: type-chosen-by-data
        var g = new DataContractSerializer(typeof(Order));
        // ok: type-chosen-by-data
        var h = new JsonSerializerSettings { MaxDepth = 8 };
        // ok: type-chosen-by-data
        var i = new Formatter();
    }
}
