"""The post office: slips in, batches out; nobody in town needs ether."""
