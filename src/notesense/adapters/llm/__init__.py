"""Language models over LangChain, asked for answers of a given form. LangChain and openai are imported nowhere else."""
